plugins {
    alias(libs.plugins.android.library)
}

// The library for each kind of phone, and the bindings that fit it, come from Rust:
//   cargo install cargo-ndk
//   rustup target add aarch64-linux-android armv7-linux-androideabi x86_64-linux-android
val rust = rootDir.parentFile
val libraries = layout.buildDirectory.dir("rust/jniLibs")
val bindings = layout.buildDirectory.dir("rust/kotlin")

val buildRust by tasks.registering(Exec::class) {
    description = "Builds the native library for every kind of phone"
    workingDir = rust
    commandLine(
        "cargo", "ndk",
        "--target", "arm64-v8a", "--target", "armeabi-v7a", "--target", "x86_64",
        "--platform", "26", "--output-dir", libraries.get().asFile.path,
        "build", "--release", "--locked", "--package", "fieldbook-ffi", "--features", "encrypted-vendored",
    )
    inputs.files(fileTree(rust) { include("core/src/**", "ffi/src/**", "**/Cargo.toml", "Cargo.lock") })
    outputs.dir(libraries)
}

val generateBindings by tasks.registering(Exec::class) {
    description = "Writes the Kotlin bindings of that library"
    dependsOn(buildRust)
    workingDir = rust
    commandLine(
        "cargo", "run", "--quiet", "--locked", "--package", "fieldbook-bindgen", "--",
        "generate", "--language", "kotlin", "--no-format", "--out-dir", bindings.get().asFile.path,
        libraries.get().file("arm64-v8a/libfieldbook_ffi.so").asFile.path,
    )
    inputs.file("../../ffi/uniffi.toml")
    outputs.dir(bindings)
}

android {
    namespace = "org.fieldbook"
    compileSdk = 36
    defaultConfig {
        minSdk = 26
        consumerProguardFiles("consumer-rules.pro")
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    sourceSets.named("main") {
        kotlin.srcDir(bindings)
        jniLibs.srcDir(libraries)
    }
}

tasks.named("preBuild") { dependsOn(generateBindings) }

dependencies {
    api(libs.coroutines)
    implementation(libs.coroutines.android)
    implementation(variantOf(libs.jna) { artifactType("aar") })
}
