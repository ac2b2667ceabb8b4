package org.fieldbook

import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Timeout
import java.io.File
import java.time.OffsetDateTime
import java.time.ZoneOffset
import java.util.concurrent.TimeUnit
import kotlin.random.Random
import kotlin.system.measureNanoTime
import kotlin.test.Test
import kotlin.test.assertTrue

/**
 * A phone that holds a territory at scale (workload W6), through the surface: how long the app takes to its first list, what a
 * search takes while somebody types, and the memory. It measures and prints; run by name with the number of records:
 *
 *     FIELDBOOK_PROFILE=release android/test -Dtest=TerritoryTest -Dfieldbook.territory=50000 -Dfieldbook.patience=3000
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class TerritoryTest {
    private val records = System.getProperty("fieldbook.territory")?.toIntOrNull()

    @Test
    fun `a territory at scale is opened, listed and searched`() = story {
        assumeTrue(records != null, "run by name, with -Dfieldbook.territory=RECORDS")
        Office().use { office ->
            TestPhone().use { phone ->
                val filled = measureNanoTime {
                    phone.signIn(office, "Dana").use { dana ->
                        dana.sync.now()
                        Territory.fill(dana, checkNotNull(records))
                        dana.sync.now()
                    }
                }
                println("filled and sent $records records in ${filled / 1_000_000_000} s")
                val said = (1..RUNS).map { Territory.inAProcessOfItsOwn(phone.folder) }
                said.forEach(::println)
                assertTrue(said.all { "first list" in it }, "$said")
            }
        }
    }

    private companion object {
        const val RUNS = 3
    }
}

/** The territory, and the app that opens it. */
object Territory {
    private const val QUESTIONS = 300
    private const val VISITS_OF_A_DAY = 20

    /** A fifth customers, the rest visits, a day's worth of them today. */
    suspend fun fill(rep: Session, records: Int) {
        val random = Random(7)
        val customers = (0 until records / 5).map { number ->
            val place = Position(31.23 + random.nextDouble(-0.2, 0.2), 121.47 + random.nextDouble(-0.2, 0.2))
            rep.customers.add(NewCustomer("${NAMES.random(random)} ${NAMES.random(random)} $number", "$number Long Road", place))
        }
        val now = OffsetDateTime.now(ZoneOffset.ofHours(8))
        repeat(records - customers.size) { number ->
            val day = now.minusDays(if (number < VISITS_OF_A_DAY) 0 else random.nextLong(1, 300))
            rep.visits.plan(customers.random(random), "count the stock", day)
        }
    }

    /** Opens it as the app does, and says what that took. */
    @JvmStatic
    fun main(args: Array<String>) = story {
        val loading = measureNanoTime { Fieldbook.version }
        val before = memory("VmRSS")
        val begun = System.nanoTime()
        val session = checkNotNull(TestPhone(File(args[0])).open().resume())
        val opened = System.nanoTime()
        val today = session.visits.today().until { true }
        val listed = System.nanoTime()
        check(today.visits.size == VISITS_OF_A_DAY) { "${today.visits.size} visits" }
        val after = memory("VmRSS")
        val random = Random(8)
        val (search, near) = (1..QUESTIONS).map {
            val text = NAMES.random(random).let { name -> name.take(random.nextInt(2, name.length + 1)) }
            val here = Position(31.23 + random.nextDouble(-0.2, 0.2), 121.47 + random.nextDouble(-0.2, 0.2))
            var found = 0
            val searched = measureNanoTime { found = session.customers.search(text, here, 20).size }
            check(found > 0) { "nothing is found for $text" }
            searched to measureNanoTime { session.customers.nearby(here, 2_000.0, 50) }
        }.unzip()
        println(
            "library loaded in %.0f ms; open %.0f ms, open to first list %.0f ms, search p50 %.1f p99 %.1f ms, nearby p99 %.1f ms, memory %d MB for opening and the list, %d MB more after the questions".format(
                loading / 1e6, (opened - begun) / 1e6, (listed - begun) / 1e6, search.quantile(0.5), search.quantile(0.99), near.quantile(0.99),
                (after - before) / 1024, (memory("VmRSS") - after) / 1024,
            ),
        )
        session.close()
    }

    /** What a fresh process says of it. */
    fun inAProcessOfItsOwn(folder: File): String {
        val app = ProcessBuilder(
            File(System.getProperty("java.home"), "bin/java").path,
            "-Xmx256m",
            "-Djna.library.path=${System.getProperty("jna.library.path")}",
            "-cp",
            System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path"),
            Territory::class.java.name,
            folder.path,
        ).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        val said = app.inputStream.bufferedReader().readText().trim()
        check(app.waitFor(60, TimeUnit.SECONDS) && app.exitValue() == 0) { "it ended with ${app.exitValue()}: $said" }
        return said
    }

    /** Kilobytes of this process, as Linux counts them. */
    private fun memory(what: String): Long =
        File("/proc/self/status").readLines().first { it.startsWith(what) }.filter(Char::isDigit).toLong()

    private fun List<Long>.quantile(part: Double): Double = sorted()[(part * (size - 1)).toInt()] / 1e6

    private val NAMES = listOf(
        "Sunrise", "Harbour", "Canal", "Bearing", "Market", "Noodle", "旭日超市", "华东轴承", "老桥茶庄", "江边小铺", "Riverside", "Corner",
    )
}
