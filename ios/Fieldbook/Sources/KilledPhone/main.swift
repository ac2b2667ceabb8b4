import FieldbookKit
import FieldbookTesting
import Foundation

// An app in a process of its own, which is killed while it writes: entries into the log, and a line for each one that is saved.
guard CommandLine.arguments.count == 2,
    let session = try await TestPhone(folder: URL(fileURLWithPath: CommandLine.arguments[1])).open().resume()
else { fatalError("usage: KilledPhone FOLDER, where somebody is signed in") }

for number in 1... {
    try await session.activities.log("entry \(number)")
    FileHandle.standardOutput.write(Data("saved \(number)\n".utf8))
}
