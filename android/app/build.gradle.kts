plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.compose.compiler)
}

android {
    namespace = "org.fieldbook.app"
    compileSdk = 37
    defaultConfig {
        applicationId = "org.fieldbook.app"
        minSdk = 26
        targetSdk = 36
        versionCode = 1
        versionName = "0.1.0"
        ndk { abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64") }
    }
    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"))
        }
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    buildFeatures { compose = true }
    // src/main is checked on a plain machine against the framework alone; what needs androidx stands in src/compose.
    sourceSets.named("main") { kotlin.srcDir("src/compose/kotlin") }
}

dependencies {
    implementation(project(":ui"))
    implementation(libs.activity.compose)
    implementation(libs.compose.foundation)
    implementation(libs.coroutines.android)
    implementation(libs.zxing)
}
