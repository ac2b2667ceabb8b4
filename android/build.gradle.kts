// The Android plugin brings Kotlin 2.2.10; the compiler has to be of the version of the Compose plugin.
buildscript {
    repositories {
        google()
        mavenCentral()
    }
    dependencies { classpath("org.jetbrains.kotlin:kotlin-gradle-plugin:${libs.versions.kotlin.get()}") }
}

plugins {
    alias(libs.plugins.android.application) apply false
    alias(libs.plugins.android.library) apply false
    alias(libs.plugins.compose.compiler) apply false
}
