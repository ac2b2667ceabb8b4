@_exported import UIKit

public protocol ShapeStyle: Sendable {}
public struct Color: ShapeStyle, Primitive, Hashable { public static let accentColor = Self(); public static let primary = Self(), secondary = Self(); public init(_ name: String) {} ; init() {} }
public struct HierarchicalShapeStyle: ShapeStyle {}
public struct TintShapeStyle: ShapeStyle {}
extension ShapeStyle where Self == HierarchicalShapeStyle { public static var primary: Self { Self() }; public static var secondary: Self { Self() } }
extension ShapeStyle where Self == TintShapeStyle { public static var tint: Self { Self() } }
public struct Material: ShapeStyle { public static let bar = Self() }
extension ShapeStyle where Self == Material { public static var bar: Material { Material() } }
public struct Font: Hashable, Sendable { public static let title2 = Self(), headline = Self(), body = Self(), subheadline = Self(), footnote = Self() }
public struct Edge: Sendable { public struct Set: OptionSet, Sendable { public let rawValue: Int8; public init(rawValue: Int8) { self.rawValue = rawValue }; public static let all = Self(rawValue: 15), horizontal = Self(rawValue: 3), vertical = Self(rawValue: 12), top = Self(rawValue: 1) } }
public enum VerticalEdge: Sendable { case top, bottom }
public enum HorizontalEdge: Sendable { case leading, trailing }
public struct Alignment: Sendable { public static let leading = Self(), center = Self() }
public enum ControlSize: Sendable { case regular, large }
public struct ButtonStyles: Sendable {}
public protocol PrimitiveButtonStyle: Sendable {}
public struct BorderedProminentButtonStyle: PrimitiveButtonStyle {}
public struct BorderedButtonStyle: PrimitiveButtonStyle {}
extension PrimitiveButtonStyle where Self == BorderedProminentButtonStyle { public static var borderedProminent: Self { Self() } }
extension PrimitiveButtonStyle where Self == BorderedButtonStyle { public static var bordered: Self { Self() } }
public struct RedactionReasons: OptionSet, Sendable { public let rawValue: Int; public init(rawValue: Int) { self.rawValue = rawValue }; public static let placeholder = Self(rawValue: 1) }
public enum Visibility: Sendable { case automatic, visible, hidden }
public struct AccessibilityChildBehavior: Sendable { public static let combine = Self(), contain = Self(), ignore = Self() }
public struct AccessibilityTraits: Sendable { public static let isHeader = Self(), isSelected = Self(), isButton = Self() }
public struct PresentationDetent: Hashable, Sendable { public static let medium = Self(), large = Self() }
public struct SubmitLabel: Sendable { public static let search = Self(), done = Self() }
public struct TextInputAutocapitalization: Sendable { public static var never: Self { Self() }; public static var characters: Self { Self() } }

extension View {
    public func font(_ font: Font?) -> some View { Modified() }
    public func foregroundStyle<S: ShapeStyle>(_ style: S) -> some View { Modified() }
    public func background<S: ShapeStyle>(_ style: S) -> some View { Modified() }
    public func tint(_ color: Color?) -> some View { Modified() }
    public func padding(_ edges: Edge.Set = .all, _ length: CGFloat? = nil) -> some View { Modified() }
    public func frame(maxWidth: CGFloat? = nil, minHeight: CGFloat? = nil, alignment: Alignment = .center) -> some View { Modified() }
    public func multilineTextAlignment(_ alignment: TextAlignment) -> some View { Modified() }
    public func lineLimit(_ limit: ClosedRange<Int>) -> some View { Modified() }
    public func monospacedDigit() -> some View { Modified() }
    public func redacted(reason: RedactionReasons) -> some View { Modified() }
    public func textSelection(_ enabled: EnabledTextSelectability) -> some View { Modified() }
    public func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View { Modified() }
    public func controlSize(_ size: ControlSize) -> some View { Modified() }
    public func disabled(_ disabled: Bool) -> some View { Modified() }
    public func tag<V: Hashable>(_ tag: V) -> some View { Modified() }
    public func badge(_ count: Int) -> some View { Modified() }
    public func tabItem<V: View>(@ViewBuilder _ label: () -> V) -> some View { Modified() }
    @_disfavoredOverload public func navigationTitle<S: StringProtocol>(_ title: S) -> some View { Modified() }
    public func navigationDestination<D: Hashable, C: View>(for data: D.Type, @ViewBuilder destination: @escaping (D) -> C) -> some View { Modified() }
    public func toolbar<C: ToolbarContent>(@ToolbarContentBuilder content: () -> C) -> some View { Modified() }
    public func sheet<C: View>(isPresented: Binding<Bool>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping () -> C) -> some View { Modified() }
    public func sheet<I: Identifiable, C: View>(item: Binding<I?>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping (I) -> C) -> some View { Modified() }
    public func presentationDetents(_ detents: Set<PresentationDetent>) -> some View { Modified() }
    @_disfavoredOverload public func confirmationDialog<S: StringProtocol, A: View>(_ title: S, isPresented: Binding<Bool>, titleVisibility: Visibility = .automatic, @ViewBuilder actions: () -> A) -> some View { Modified() }
    public func swipeActions<T: View>(edge: HorizontalEdge = .trailing, allowsFullSwipe: Bool = true, @ViewBuilder content: () -> T) -> some View { Modified() }
    @_disfavoredOverload public func searchable<S: StringProtocol>(text: Binding<String>, prompt: S) -> some View { Modified() }
    public func refreshable(action: @escaping @Sendable () async -> Void) -> some View { Modified() }
    public func task(priority: TaskPriority = .userInitiated, @_inheritActorContext _ action: sending @escaping @isolated(any) () async -> Void) -> some View { Modified() }
    public func task<T: Equatable>(id value: T, priority: TaskPriority = .userInitiated, @_inheritActorContext _ action: sending @escaping @isolated(any) () async -> Void) -> some View { Modified() }
    public func onChange<V: Equatable>(of value: V, initial: Bool = false, _ action: @escaping (V, V) -> Void) -> some View { Modified() }
    public func onOpenURL(perform action: @escaping (URL) -> Void) -> some View { Modified() }
    public func onSubmit(_ action: @escaping () -> Void) -> some View { Modified() }
    public func onDisappear(perform action: (() -> Void)? = nil) -> some View { Modified() }
    public func focused(_ condition: FocusState<Bool>.Binding) -> some View { Modified() }
    public func environment<T: AnyObject & Observable>(_ object: T?) -> some View { Modified() }
    public func safeAreaInset<V: View>(edge: VerticalEdge, spacing: CGFloat? = nil, @ViewBuilder content: () -> V) -> some View { Modified() }
    public func accessibilityElement(children: AccessibilityChildBehavior = .ignore) -> some View { Modified() }
    @_disfavoredOverload public func accessibilityLabel<S: StringProtocol>(_ label: S) -> some View { Modified() }
    public func accessibilityHidden(_ hidden: Bool) -> some View { Modified() }
    public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View { Modified() }
    public func keyboardType(_ type: UIKeyboardType) -> some View { Modified() }
    public func textInputAutocapitalization(_ autocapitalization: TextInputAutocapitalization?) -> some View { Modified() }
    public func autocorrectionDisabled(_ disable: Bool = true) -> some View { Modified() }
    public func submitLabel(_ label: SubmitLabel) -> some View { Modified() }
    public func labelStyle(_ style: IconOnlyLabelStyle) -> some View { Modified() }
}
extension Scene {
    @preconcurrency public func backgroundTask<D: Sendable, R: Sendable>(_ task: BackgroundTask<D, R>, action: @escaping @Sendable (D) async -> R) -> some Scene { self }
}
public struct BackgroundTask<Request: Sendable, Response: Sendable>: Sendable {}
extension BackgroundTask where Request == Void, Response == Void { public static func appRefresh(_ identifier: String) -> Self { Self() } }
public struct EnabledTextSelectability: Sendable { public static var enabled: Self { Self() } }
public struct IconOnlyLabelStyle: Sendable { public static var iconOnly: Self { Self() } }

@MainActor @preconcurrency public protocol UIViewControllerRepresentable: View where Body == Never {
    associatedtype UIViewControllerType: UIViewController
    associatedtype Coordinator = Void
    typealias Context = UIViewControllerRepresentableContext<Self>
    func makeUIViewController(context: Context) -> UIViewControllerType
    func updateUIViewController(_ controller: UIViewControllerType, context: Context)
    func makeCoordinator() -> Coordinator
}
extension UIViewControllerRepresentable { public var body: Never { fatalError() } }
@MainActor @preconcurrency public struct UIViewControllerRepresentableContext<R: UIViewControllerRepresentable> { public var coordinator: R.Coordinator { fatalError() } }
