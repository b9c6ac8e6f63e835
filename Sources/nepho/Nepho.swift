@main
struct Nepho {
  static func main() {}
}
