import Notebook
import Testing

@Suite struct SessionFileTests {
  @Test func buildsASession() {
    var notebook = Notebook(session: ["from": "lb-02", "seed": "7"])
    notebook.append(markdown: "# My session")
    notebook.append(markdown: "Trying \"least\".\nAgain.\n")
    notebook.append(input: "spawn 2", output: ["2 servers ready (s1..s2)"])
    notebook.append(input: "define balancer mine =\nleast active", output: [])
    notebook.append(input: "expect failed == 0", output: ["no: ```"], role: .attempt)
    notebook.append(markdown: "## Second")
    notebook.append(input: "run 1m", output: ["done", ""])
    #expect(
      NotebookWriter.text(of: notebook) == """
        ---
        kind: session
        from: lb-02
        seed: 7
        ---

        # My session

        Trying "least".
        Again.

        ```cloud
        cloud> spawn 2
        2 servers ready (s1..s2)
        cloud> define balancer mine =
             > least active
        ```

        ````cloud attempt
        cloud> expect failed == 0
        no: ```
        ````

        ## Second

        ```cloud
        cloud> run 1m
        done
        ```

        """)
    #expect(notebook.title == "My session")
    #expect(notebook.pages.map(\.id) == ["second"])
    let read = NotebookReader.read(NotebookWriter.text(of: notebook))
    #expect(read.problems == [])
    #expect(read.notebook.frontMatter["from"] == "lb-02")
    #expect(read.notebook.pages.map(\.title) == ["Second"])
  }

  @Test(arguments: ["```", "<!-- open", "<pre>", "~~~\ncode", "1\n```cloud"])
  func quotesRemarksThatWouldSwallowTheRest(remark: String) {
    var notebook = Notebook()
    notebook.append(markdown: remark)
    notebook.append(input: "a", output: ["b"])
    let segments = NotebookReader.read(NotebookWriter.text(of: notebook)).notebook.segments
    #expect(segments.flatMap(\.steps).map(\.input) == ["a"])
    #expect(segments.count == 2)
  }

  @Test func continuesAFileWithoutALastLineEnd() {
    var notebook = NotebookReader.read("a\r\nb").notebook
    notebook.append(input: "x", output: [])
    #expect(NotebookWriter.text(of: notebook) == "a\r\nb\r\n\r\n```cloud\r\ncloud> x\r\n```\r\n")
  }
}
