// swift-tools-version: 6.2
import PackageDescription

/// Warnings are errors, existentials are spelled out, and each file imports what it uses.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "nepho",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "nepho", targets: ["nepho"]),
    .executable(name: "Benchmarks", targets: ["Benchmarks"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    .target(name: "Simulation", swiftSettings: strict),
    .target(name: "Cloud", dependencies: ["Simulation"], swiftSettings: strict),
    .target(name: "Display", swiftSettings: strict),
    .systemLibrary(
      name: "CCmarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
    .systemLibrary(name: "CEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .target(
      name: "Notebook", dependencies: ["Simulation", "Cloud", "Display", "CCmarkGFM"],
      swiftSettings: strict),
    .target(
      name: "Lessons", dependencies: ["Notebook", "Cloud", "Display"], swiftSettings: strict),
    .target(name: "CLessons"),
    .target(name: "LineEditor", dependencies: ["CEdit"], swiftSettings: strict),
    .executableTarget(
      name: "nepho",
      dependencies: [
        "LineEditor", "Lessons", "Notebook", "Display", "CLessons",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "Benchmarks", dependencies: ["Cloud", "Simulation"], path: "Tests/Benchmarks/Swift",
      swiftSettings: strict),
    .target(
      name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "SimulationTests", dependencies: ["Simulation", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "CloudTests", dependencies: ["Cloud", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "DisplayTests", dependencies: ["Display", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "NotebookTests", dependencies: ["Notebook", "Cloud", "Display", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "LessonsTests", dependencies: ["Lessons", "TestSupport"], exclude: ["Failures"],
      swiftSettings: strict),
    .testTarget(
      name: "LineEditorTests", dependencies: ["LineEditor", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ProgramTests", dependencies: ["nepho", "CEdit", "TestSupport"], swiftSettings: strict),
  ]
)
