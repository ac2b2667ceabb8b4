package org.fieldbook.ui.parts

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.PathFillType
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.graphics.vector.addPathNodes
import androidx.compose.ui.unit.dp

/** The marks of the app: lines of one width on a grid of 24, so that all weigh the same. Each stands beside a word. */
object Icons {
    val Back = lines("M15 5 L8 12 L15 19")
    val Forward = lines("M9 5 L16 12 L9 19")
    val Close = lines("M6 6 L18 18 M18 6 L6 18")
    val Add = lines("M12 5 V19 M5 12 H19")
    val Search = lines("M10.5 4 A6.5 6.5 0 1 0 10.5 17 A6.5 6.5 0 1 0 10.5 4 Z M15.5 15.5 L20 20")
    val Today = lines("M4 6 H20 V20 H4 Z M4 10.5 H20 M8 3 V7 M16 3 V7")
    val Customers = lines("M4 10 L5.5 4 H18.5 L20 10 M4 10 C4 12.5 8 12.5 8 10 C8 12.5 12 12.5 12 10 C12 12.5 16 12.5 16 10 C16 12.5 20 12.5 20 10 M5.5 12.5 V20 H18.5 V12.5 M10 20 V15.5 H14 V20")
    val Expenses = lines("M6 3 H18 V21 L15 19 L12 21 L9 19 L6 21 Z M9 8 H15 M9 12 H15")
    val Approvals = lines("M4 4 H20 V20 H4 Z M8 12 L11 15 L16.5 9")
    val Me = lines("M12 4 A4 4 0 1 0 12 12 A4 4 0 1 0 12 4 Z M4.5 20.5 C5 16 8 14.5 12 14.5 C16 14.5 19 16 19.5 20.5")
    val Place = lines("M12 21 C8 16.5 5.5 13.5 5.5 10 A6.5 6.5 0 0 1 18.5 10 C18.5 13.5 16 16.5 12 21 Z M12 7.8 A2.2 2.2 0 1 0 12 12.2 A2.2 2.2 0 1 0 12 7.8 Z")
    val NoPlace = lines("M12 3.5 A8.5 8.5 0 1 0 12 20.5 A8.5 8.5 0 1 0 12 3.5 Z M12 8 V12.5 M12 15.8 V16")
    val Call = lines("M6 3.5 H9.5 L11 8 L8.8 9.8 C9.8 12 11.6 14 14 15 L16 13 L20.5 14.5 V18 C20.5 19.5 19.5 20.5 18 20.5 C10.5 20 4 13.5 3.5 6 C3.5 4.5 4.5 3.5 6 3.5 Z")
    val Mail = lines("M3.5 5.5 H20.5 V18.5 H3.5 Z M3.5 6.5 L12 13 L20.5 6.5")
    val Pen = lines("M4 20 L5 15.5 L15.5 5 L19 8.5 L8.5 19 Z M13 7.5 L16.5 11")
    val Code = lines("M4 4 H10 V10 H4 Z M14 4 H20 V10 H14 Z M4 14 H10 V20 H4 Z M14 14 H16 V16 M20 14 V17 H17 V20 M20 20 V20.2")
    val Done = lines("M5 12.5 L10 17.5 L19 7")

    /** On this phone. */
    val OnPhone = lines("M8 2.5 H16 C17 2.5 17.5 3 17.5 4 V20 C17.5 21 17 21.5 16 21.5 H8 C7 21.5 6.5 21 6.5 20 V4 C6.5 3 7 2.5 8 2.5 Z M11 18.5 H13")

    /** Sent: one tick. */
    val Sent = Done

    /** Accepted: two ticks. */
    val Accepted = lines("M2.5 12.5 L7 17 L15.5 7.5 M11.5 16 L12.5 17 L21.5 7.5")

    /** Provisional. */
    val Hourglass = lines("M7 3 H17 M7 21 H17 M8 3 V7 C8 9.5 12 10.5 12 12 C12 13.5 8 14.5 8 17 V21 M16 3 V7 C16 9.5 12 10.5 12 12 C12 13.5 16 14.5 16 17 V21")

    /** Needs attention: a filled circle with a mark of exclamation. */
    val Attention = ImageVector.Builder("attention", 24.dp, 24.dp, 24f, 24f)
        .addPath(
            addPathNodes("M12 2 A10 10 0 1 0 12 22 A10 10 0 1 0 12 2 Z M10.9 6 H13.1 V13.5 H10.9 Z M10.9 15.8 H13.1 V18 H10.9 Z"),
            pathFillType = PathFillType.EvenOdd,
            fill = SolidColor(Color.Black),
        )
        .build()

    private fun lines(path: String): ImageVector = ImageVector.Builder("lines", 24.dp, 24.dp, 24f, 24f)
        .addPath(
            addPathNodes(path),
            stroke = SolidColor(Color.Black),
            strokeLineWidth = 1.9f,
            strokeLineCap = StrokeCap.Round,
            strokeLineJoin = StrokeJoin.Round,
        )
        .build()
}
