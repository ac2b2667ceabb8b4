import FieldbookKit
import Foundation

/// The folder of the records: private to the app, in no backup, and readable in the background once the phone was unlocked.
public enum RecordsFolder {
    /// Makes the folder, if need be, and protects what is in it.
    public static func prepared(in support: URL) throws -> URL {
        let folder = support.appendingPathComponent("Fieldbook", isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        #if canImport(Darwin)
            // A restored copy would be a clone of this phone.
            var values = URLResourceValues()
            values.isExcludedFromBackup = true
            var protected = folder
            try protected.setResourceValues(values)
        #endif
        #if os(iOS)
            // "Complete" would close the files while sync in the background is in the middle of one; new files take the folder's class.
            try FileManager.default.setAttributes(
                [.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication], ofItemAtPath: folder.path)
        #endif
        return folder
    }

    /// The folder in the app's own Application Support.
    public static func standard() throws -> URL {
        let support = try FileManager.default.url(
            for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true)
        return try prepared(in: support)
    }
}
