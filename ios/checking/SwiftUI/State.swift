@propertyWrapper public struct State<Value> {
    public init(wrappedValue: Value) { fatalError() }
    public init(initialValue: Value) { fatalError() }
    public var wrappedValue: Value { get { fatalError() } nonmutating set {} }
    public var projectedValue: Binding<Value> { fatalError() }
}
extension State where Value: ExpressibleByNilLiteral { public init() { fatalError() } }

@propertyWrapper @dynamicMemberLookup public struct Binding<Value> {
    @preconcurrency public init(get: @escaping @isolated(any) @Sendable () -> Value, set: @escaping @isolated(any) @Sendable (Value) -> Void) {}
    public var wrappedValue: Value { get { fatalError() } nonmutating set {} }
    public var projectedValue: Binding<Value> { self }
    public subscript<Subject>(dynamicMember keyPath: WritableKeyPath<Value, Subject>) -> Binding<Subject> { fatalError() }
}

@propertyWrapper @dynamicMemberLookup public struct Bindable<Value> {
    public init(wrappedValue: Value) where Value: AnyObject & Observable { fatalError() }
    public init(_ wrappedValue: Value) where Value: AnyObject & Observable { fatalError() }
    public var wrappedValue: Value { get { fatalError() } }
    public var projectedValue: Bindable<Value> { self }
    public subscript<Subject>(dynamicMember keyPath: ReferenceWritableKeyPath<Value, Subject>) -> Binding<Subject> { fatalError() }
}

@propertyWrapper public struct Environment<Value> {
    public init(_ keyPath: KeyPath<EnvironmentValues, Value>) { fatalError() }
    public init(_ type: Value.Type) where Value: AnyObject & Observable { fatalError() }
    public var wrappedValue: Value { fatalError() }
}
public struct EnvironmentValues {
    public var scenePhase: ScenePhase { fatalError() }
    @MainActor public var dismiss: DismissAction { fatalError() }
    @MainActor public var openURL: OpenURLAction { fatalError() }
    public var dynamicTypeSize: DynamicTypeSize { fatalError() }
}
@MainActor @preconcurrency public struct DismissAction { public func callAsFunction() {} }
@MainActor @preconcurrency public struct OpenURLAction { public func callAsFunction(_ url: URL) {} }
public enum DynamicTypeSize: Hashable, Comparable, Sendable {
    case large, accessibility1
    public var isAccessibilitySize: Bool { self >= .accessibility1 }
}

@propertyWrapper public struct FocusState<Value: Hashable> {
    public init() where Value == Bool { fatalError() }
    public var wrappedValue: Value { get { fatalError() } nonmutating set {} }
    public var projectedValue: Binding { fatalError() }
    public struct Binding {}
}
@propertyWrapper public struct AppStorage<Value> {
    public init(_ key: String) where Value: ExpressibleByNilLiteral { fatalError() }
    public var wrappedValue: Value { get { fatalError() } nonmutating set {} }
    public var projectedValue: Binding<Value> { fatalError() }
}
extension AppStorage where Value == String? { public init(_ key: String, store: UserDefaults? = nil) { fatalError() } }
