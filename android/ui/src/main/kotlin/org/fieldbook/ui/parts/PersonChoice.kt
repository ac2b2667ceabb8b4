package org.fieldbook.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.unit.dp
import org.fieldbook.Person
import org.fieldbook.PersonId
import org.fieldbook.ui.words.LocalStrings

/** One of the people of the organisation: a few names to tap, and a field to look for the others. */
@Composable
fun PersonChoice(people: List<Person>, chosen: PersonId?, title: String, onChoose: (PersonId?) -> Unit) {
    val strings = LocalStrings.current
    var typed by remember { mutableStateOf("") }
    val fitting = people.filter { typed.isBlank() || it.name.contains(typed.trim(), ignoreCase = true) }.sortedBy { it.name }
    // Who is chosen stays in sight, whatever is typed after.
    val shown = (fitting.take(SHOWN) + people.filter { it.id == chosen }).distinctBy { it.id }
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        SectionTitle(title)
        if (people.size > SHOWN) WordsField(typed, { typed = it }, strings.findPerson)
        Choices(shown, people.find { it.id == chosen }, Person::name) { onChoose(it?.id) }
    }
}

private const val SHOWN = 8
