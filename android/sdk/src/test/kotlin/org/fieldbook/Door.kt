package org.fieldbook

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.util.concurrent.Executors

/** The network between phones and an office: open, or a café's that answers with its own page until somebody signs in. */
class Door(private val office: Office) : AutoCloseable {
    private val client = HttpClient.newHttpClient()
    private val server = HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0)

    /** Does it answer for the office? */
    @Volatile
    var isPortal = false

    /** Called before a request is passed on, with its path; may wait. */
    @Volatile
    var before: (String) -> Unit = {}

    /** Where phones reach the office through it. */
    val address = "http://127.0.0.1:${server.address.port}"

    init {
        server.executor = Executors.newCachedThreadPool { work -> Thread(work).also { it.isDaemon = true } }
        server.createContext("/") { exchange -> exchange.use { if (isPortal) welcome(it) else pass(it) } }
        server.start()
    }

    private fun welcome(exchange: HttpExchange) {
        exchange.requestBody.readAllBytes()
        val page = "<html><body>Welcome to the café. Please sign in.</body></html>".toByteArray()
        exchange.responseHeaders.add("content-type", "text/html")
        exchange.sendResponseHeaders(200, page.size.toLong())
        exchange.responseBody.write(page)
    }

    private fun pass(exchange: HttpExchange) {
        before(exchange.requestURI.path)
        val request = HttpRequest.newBuilder(URI(office.address + exchange.requestURI))
            .method(exchange.requestMethod, HttpRequest.BodyPublishers.ofByteArray(exchange.requestBody.readAllBytes()))
        for ((name, values) in exchange.requestHeaders) {
            if (name.lowercase() !in OF_THE_LINE) values.forEach { request.header(name, it) }
        }
        val answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray())
        for ((name, values) in answer.headers().map()) {
            if (name.lowercase() !in OF_THE_LINE && !name.startsWith(":")) values.forEach { exchange.responseHeaders.add(name, it) }
        }
        val length = if (answer.body().isEmpty()) -1L else answer.body().size.toLong()
        exchange.sendResponseHeaders(answer.statusCode(), length)
        exchange.responseBody.write(answer.body())
    }

    override fun close() = server.stop(0)

    private companion object {
        /** What belongs to one connection and is not passed on. */
        val OF_THE_LINE = setOf("host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings")
    }
}
