import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A disk of a few megabytes that can be full, at a folder of its own. Only Linux as root has one.
public final class SmallDisk: Sendable {
    /// Where it is.
    public let folder: URL

    private var ballast: URL { folder.appendingPathComponent("ballast") }

    /// Can this machine make one? Not even root may in every container.
    public static let isPossible: Bool = {
        #if canImport(Glibc)
            geteuid() == 0 && (try? SmallDisk(megabytes: 1)) != nil
        #else
            false
        #endif
    }()

    /// A disk of so many megabytes.
    public init(megabytes: Int) throws {
        folder = try Scratch.folder("disk")
        #if canImport(Glibc)
            guard mount("tmpfs", folder.path, "tmpfs", 0, "size=\(megabytes)m") == 0 else {
                throw Waited(description: "no disk: \(errno)")
            }
        #endif
    }

    deinit {
        #if canImport(Glibc)
            umount2(folder.path, Int32(MNT_DETACH))
        #endif
    }

    /// Other people's films take what is left.
    public func fill() throws {
        _ = FileManager.default.createFile(atPath: ballast.path, contents: nil)
        let film = try FileHandle(forWritingTo: ballast)
        defer { try? film.close() }
        for size in [65_536, 4_096] {
            let piece = Data(repeating: 0x46, count: size)
            while (try? film.write(contentsOf: piece)) != nil {}
        }
    }

    /// Somebody deletes the films.
    public func makeRoom() throws { try FileManager.default.removeItem(at: ballast) }
}
