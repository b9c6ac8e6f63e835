import Cloud
import Simulation

extension Call {
  /// The recorded traffic in a file.
  ///
  /// - Throws: when the file cannot be read, or with the line that is wrong in it.
  func recording(on host: any Host) throws(Diagnostic) -> RecordedTraffic {
    let path = try word("file")
    let interval = try timeIfGiven("every")
    let factor = try number("factor")
    let bytes = try contents(of: path, on: host)
    do throws(TraceProblem) {
      let trace = try TraceReader.read(bytes, every: interval)
      return RecordedTraffic(trace, source: path, factor: factor)
    } catch {
      throw mistake(
        "\(path):\(error.line): \(error.message), expected \(error.expected)", about: "file")
    }
  }

  private func contents(of path: String, on host: any Host) throws(Diagnostic) -> [UInt8] {
    do throws(HostError) {
      return try host.read(path)
    } catch {
      throw mistake(error.message, about: "file")
    }
  }
}
