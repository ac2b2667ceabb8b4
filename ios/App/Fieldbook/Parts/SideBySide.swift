import SwiftUI

/// Two or three buttons beside each other; below each other when the text is large.
struct SideBySide<Content: View>: View {
    @ViewBuilder let content: () -> Content
    @Environment(\.dynamicTypeSize) private var size

    var body: some View {
        Group {
            if size.isAccessibilitySize { VStack(spacing: 4) { content() } } else { HStack(spacing: 16) { content() } }
        }
        .padding(.horizontal)
        .background(.bar)
    }
}
