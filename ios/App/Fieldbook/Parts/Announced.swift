import SwiftUI

extension View {
    /// Has VoiceOver say what appears by itself, where the person does not look: once for each new sentence.
    func announced(_ words: String?) -> some View {
        onChange(of: words, initial: true) { _, words in
            if let words { UIAccessibility.post(notification: .announcement, argument: words) }
        }
    }
}
