public struct LocalizedStringKey: ExpressibleByStringInterpolation, Equatable { public init(stringLiteral value: String) {} }

public struct Text: Primitive, Equatable, Sendable {
    public init(verbatim content: String) {}
    @_disfavoredOverload public init<S: StringProtocol>(_ content: S) {}
    public func font(_ font: Font?) -> Text { self }
    public func bold() -> Text { self }
    public func monospacedDigit() -> Text { self }
    public func foregroundStyle<S: ShapeStyle>(_ style: S) -> Text { self }
}
public struct Image: Primitive, Equatable, Sendable {
    public init(systemName: String) {}
}
public struct Label<Title: View, Icon: View>: Primitive {
    public init(@ViewBuilder title: () -> Title, @ViewBuilder icon: () -> Icon) {}
}
extension Label where Title == Text, Icon == Image {
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, systemImage: String) {}
}
public struct ButtonRole: Equatable, Sendable { public static let destructive = Self(), cancel = Self() }
public struct Button<L: View>: Primitive {
    @preconcurrency public init(action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> L) {}
    @preconcurrency public init(role: ButtonRole?, action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> L) {}
}
extension Button where L == Text {
    @_disfavoredOverload @preconcurrency public init<S: StringProtocol>(_ title: S, action: @escaping @MainActor () -> Void) {}
    @_disfavoredOverload @preconcurrency public init<S: StringProtocol>(_ title: S, role: ButtonRole?, action: @escaping @MainActor () -> Void) {}
}
extension Button where L == Label<Text, Image> {
    @_disfavoredOverload @preconcurrency public init<S: StringProtocol>(_ title: S, systemImage: String, action: @escaping @MainActor () -> Void) {}
    @_disfavoredOverload @preconcurrency public init<S: StringProtocol>(_ title: S, systemImage: String, role: ButtonRole?, action: @escaping @MainActor () -> Void) {}
}
public struct TextField<L: View>: Primitive {}
extension TextField where L == Text {
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, text: Binding<String>) {}
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, text: Binding<String>, axis: Axis) {}
}
public enum Axis: Sendable { case horizontal, vertical }
public struct Toggle<L: View>: Primitive {}
extension Toggle where L == Text { @_disfavoredOverload public init<S: StringProtocol>(_ title: S, isOn: Binding<Bool>) {} }
public struct Picker<L: View, S: Hashable, C: View>: Primitive {}
extension Picker where L == Text {
    @_disfavoredOverload public init<T: StringProtocol>(_ title: T, selection: Binding<S>, @ViewBuilder content: () -> C) {}
}
public struct DatePickerComponents: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let date = Self(rawValue: 1), hourAndMinute = Self(rawValue: 2)
}
public struct DatePicker<L: View>: Primitive {}
extension DatePicker where L == Text {
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, selection: Binding<Date>, displayedComponents: DatePickerComponents = [.hourAndMinute, .date]) {}
}
public struct ProgressView<L: View, C: View>: Primitive {}
extension ProgressView where L == EmptyView, C == EmptyView { public init<V: BinaryFloatingPoint>(value: V?, total: V = 1) {} }
extension ProgressView where L == Text, C == EmptyView {
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S) {}
    @_disfavoredOverload public init<S: StringProtocol, V: BinaryFloatingPoint>(_ title: S, value: V?, total: V = 1) {}
}

public enum HorizontalAlignment: Sendable { case leading, center, trailing }
public enum VerticalAlignment: Sendable { case top, center, bottom, firstTextBaseline }
public enum TextAlignment: Sendable { case leading, center, trailing }
public struct VStack<C: View>: Primitive { public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> C) {} }
public struct HStack<C: View>: Primitive { public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> C) {} }
public struct Group<C: View>: Primitive { public init(@ViewBuilder content: () -> C) {} }
public struct Spacer: Primitive { public init() {} }
public struct List<Selection, C: View>: Primitive {}
extension List where Selection == Never { public init(@ViewBuilder content: () -> C) {} }
public struct Form<C: View>: Primitive { public init(@ViewBuilder content: () -> C) {} }
public struct ForEach<D: RandomAccessCollection, ID: Hashable, C: View>: Primitive {}
extension ForEach {
    public init(_ data: D, id: KeyPath<D.Element, ID>, @ViewBuilder content: @escaping (D.Element) -> C) {}
}
extension ForEach where ID == D.Element.ID, D.Element: Identifiable {
    public init(_ data: D, @ViewBuilder content: @escaping (D.Element) -> C) {}
}
public struct Section<P: View, C: View, F: View>: Primitive {}
extension Section where P == Text, F == EmptyView { @_disfavoredOverload public init<S: StringProtocol>(_ title: S, @ViewBuilder content: () -> C) {} }
extension Section where P == EmptyView, F == EmptyView { public init(@ViewBuilder content: () -> C) {} }
extension Section where P == EmptyView { public init(@ViewBuilder content: () -> C, @ViewBuilder footer: () -> F) {} }
extension Section { public init(@ViewBuilder content: () -> C, @ViewBuilder header: () -> P, @ViewBuilder footer: () -> F) {} }
public struct DisclosureGroup<L: View, C: View>: Primitive {}
extension DisclosureGroup where L == Text { @_disfavoredOverload public init<S: StringProtocol>(_ label: S, @ViewBuilder content: @escaping () -> C) {} }
public struct ContentUnavailableView<L: View, D: View, A: View>: Primitive {
    public init(@ViewBuilder label: () -> L, @ViewBuilder description: () -> D, @ViewBuilder actions: () -> A) {}
}
extension ContentUnavailableView where L == Label<Text, Image>, D == Text?, A == EmptyView {
    @_disfavoredOverload public init<S: StringProtocol>(_ title: S, systemImage: String, description: Text? = nil) {}
}
public struct LabeledContent<L: View, C: View>: Primitive { public init(@ViewBuilder content: () -> C, @ViewBuilder label: () -> L) {} }
extension LabeledContent where L == Text, C == Text { @_disfavoredOverload public init<A: StringProtocol, B: StringProtocol>(_ title: A, value: B) {} }
public struct ShareLink<L: View>: Primitive {}
extension ShareLink where L == Label<Text, Image> { @_disfavoredOverload public init<S: StringProtocol>(_ title: S, item: String) {} }
public struct Link<L: View>: Primitive {}
extension Link where L == Text { @_disfavoredOverload public init<S: StringProtocol>(_ title: S, destination: URL) {} }

public struct NavigationStack<Data, Root: View>: Primitive {
    public init<E: Hashable>(path: Binding<[E]>, @ViewBuilder root: () -> Root) where Data == [E] {}
}
extension NavigationStack where Data == Never { public init(@ViewBuilder root: () -> Root) {} }
public struct NavigationLink<L: View, D: View>: Primitive {}
extension NavigationLink where D == Never { public init<P: Hashable>(value: P?, @ViewBuilder label: () -> L) {} }
public struct TabView<Selection: Hashable, C: View>: Primitive { public init(selection: Binding<Selection>?, @ViewBuilder content: () -> C) {} }

public struct ToolbarItemGroup<C: View>: ToolbarContent { @MainActor public init(placement: ToolbarItemPlacement, @ViewBuilder content: () -> C) {} }
@resultBuilder public enum ToolbarContentBuilder { public static func buildBlock<C: ToolbarContent>(_ content: C) -> C { content } }
public protocol ToolbarContent {}
public struct ToolbarItemPlacement: Sendable { public static let primaryAction = Self(), keyboard = Self(), cancellationAction = Self(), confirmationAction = Self() }
public struct ToolbarItem<C: View>: ToolbarContent { @MainActor public init(placement: ToolbarItemPlacement, @ViewBuilder content: () -> C) {} }

public struct PeriodicTimelineSchedule: Sendable {}
public protocol TimelineSchedule {}
extension PeriodicTimelineSchedule: TimelineSchedule {}
extension TimelineSchedule where Self == PeriodicTimelineSchedule { public static func periodic(from startDate: Date, by interval: TimeInterval) -> Self { Self() } }
public struct TimelineView<Schedule: TimelineSchedule, C: View>: Primitive {
    public init(_ schedule: Schedule, @ViewBuilder content: @escaping (TimelineViewDefaultContext) -> C) {}
}
public struct TimelineViewDefaultContext { public let date: Date }
