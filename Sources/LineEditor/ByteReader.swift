#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Bytes of a descriptor and the signals between them, in the order in which they come.
struct ByteReader {
  enum Event: Equatable {
    case byte(UInt8)
    case signal(Int32)
    case silence
    case end
    case failed(Int32)
  }

  let descriptor: Int32
  private var bytes: ArraySlice<UInt8> = []

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Whether there is a byte to be had at once.
  var isReady: Bool {
    if !bytes.isEmpty { return true }
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) == 1
  }

  /// Forgets what has been read ahead, as the terminal does with its own queue at Ctrl-C.
  mutating func discard() { bytes = [] }

  /// The next event, or `silence` when none comes within a time; a negative time has no end.
  mutating func next(within milliseconds: Int32 = -1) -> Event {
    while true {
      if !Interrupts.isPending, let byte = bytes.popFirst() { return .byte(byte) }
      var waiting = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: Interrupts.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&waiting, 2, milliseconds)
      if count < 0 && errno != EINTR { return .failed(errno) }
      if let signal = Interrupts.next() { return .signal(signal) }
      if count == 0 { return .silence }
      if count > 0, bytes.isEmpty, waiting[0].revents != 0, let event = fill() { return event }
    }
  }

  /// Reads what is there; an event only if that is no byte.
  private mutating func fill() -> Event? {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &chunk, chunk.count)
    if count > 0 {
      bytes = chunk[..<count]
      return nil
    }
    if count == 0 { return .end }
    return errno == EINTR || errno == EAGAIN ? nil : .failed(errno)
  }
}
