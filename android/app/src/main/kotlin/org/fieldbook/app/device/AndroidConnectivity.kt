package org.fieldbook.app.device

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities
import org.fieldbook.PlatformConnectivity

/** Whether there is a network that reaches further than its own sign-in page. */
class AndroidConnectivity(context: Context) : PlatformConnectivity {
    private val manager: ConnectivityManager = context.service()

    override fun isOnline(): Boolean {
        val network = manager.activeNetwork ?: return false
        val can = manager.getNetworkCapabilities(network) ?: return false
        return can.hasCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET) &&
            can.hasCapability(NetworkCapabilities.NET_CAPABILITY_VALIDATED)
    }

    /** Calls [back] whenever a network becomes usable, until the returned handle is called. */
    fun onBack(back: () -> Unit): () -> Unit {
        val callback = object : ConnectivityManager.NetworkCallback() {
            override fun onAvailable(network: Network) = back()
        }
        manager.registerDefaultNetworkCallback(callback)
        return { manager.unregisterNetworkCallback(callback) }
    }
}
