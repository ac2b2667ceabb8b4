package org.fieldbook.ui.app

import org.fieldbook.Position

/** What the screens ask of the phone around them. The app implements it once; none of it is needed to work. */
interface Device {
    /** What this phone is called, for the list of devices. */
    val name: String

    /** The language of the system, as a tag such as `zh-CN`. */
    val languageTag: String

    /** Asks for the permission to know the place, with a reason; opens the settings when it was refused for good. */
    fun askForPlace()

    /** Opens the settings in which positioning is switched on. */
    fun openPlaceSettings()

    /** Opens the settings of date and time. */
    fun openClockSettings()

    /** Opens the network's own sign-in page, where something answers in place of the server. */
    fun openNetworkSignIn()

    /** Opens the store's page of this app. */
    fun openAppStore()

    /** Reads a QR code; null when the person went back. */
    suspend fun scanCode(): String?

    /** Hands a text file to another app: mail, a chat, a drive. */
    fun share(fileName: String, text: String)

    /** Begins a call. */
    fun call(number: String)

    /** Begins a mail. */
    fun mail(address: String)

    /** Shows a place on a map, which draws in its own datum. */
    fun showOnMap(position: Position, label: String)
}
