plugins {
    alias(libs.plugins.android.library)
}

// The library for each kind of phone, and the bindings that fit it, come from Rust:
//   cargo install cargo-ndk
//   rustup target add aarch64-linux-android armv7-linux-androideabi x86_64-linux-android
/** Builds the native library for every kind of phone. */
abstract class BuildRust : Exec() {
    /** Where the libraries go, a folder for each kind. The Android plugin says which. */
    @get:OutputDirectory
    abstract val libraries: DirectoryProperty

    override fun exec() {
        commandLine(
            "cargo", "ndk",
            "--target", "arm64-v8a", "--target", "armeabi-v7a", "--target", "x86_64",
            "--platform", "26", "--output-dir", libraries.get().asFile.path,
            "build", "--release", "--locked", "--package", "fieldbook-ffi", "--features", "encrypted-vendored",
        )
        super.exec()
    }
}

/** Writes the Kotlin bindings of that library. */
abstract class GenerateBindings : Exec() {
    /** What [BuildRust] made. */
    @get:InputDirectory
    abstract val libraries: DirectoryProperty

    /** Where the bindings go. The Android plugin says. */
    @get:OutputDirectory
    abstract val bindings: DirectoryProperty

    override fun exec() {
        commandLine(
            "cargo", "run", "--quiet", "--locked", "--package", "fieldbook-bindgen", "--",
            "generate", "--language", "kotlin", "--no-format", "--out-dir", bindings.get().asFile.path,
            libraries.get().file("arm64-v8a/libfieldbook_ffi.so").asFile.path,
        )
        super.exec()
    }
}

val rust: File = rootDir.parentFile

val buildRust by tasks.registering(BuildRust::class) {
    workingDir = rust
    inputs.files(fileTree(rust) { include("core/src/**", "ffi/src/**", "**/Cargo.toml", "Cargo.lock") })
}

val generateBindings by tasks.registering(GenerateBindings::class) {
    workingDir = rust
    libraries = buildRust.flatMap { it.libraries }
    inputs.file("../../ffi/uniffi.toml")
}

androidComponents {
    onVariants { variant ->
        variant.sources.jniLibs?.addGeneratedSourceDirectory(buildRust, BuildRust::libraries)
        variant.sources.kotlin?.addGeneratedSourceDirectory(generateBindings, GenerateBindings::bindings)
    }
}

android {
    namespace = "org.fieldbook"
    compileSdk = 37
    defaultConfig {
        minSdk = 26
        consumerProguardFiles("consumer-rules.pro")
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
}

dependencies {
    api(libs.coroutines)
    implementation(libs.coroutines.android)
    implementation(variantOf(libs.jna) { artifactType("aar") })
}
