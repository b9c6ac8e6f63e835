/// The file a new lesson begins as: every part of the format, and it passes its own test.
public enum LessonTemplate {
  /// The text of the file.
  public static func text(slug: String) -> String {
    """
    ---
    lesson: \(slug)
    title: \(slug)
    seed: 1
    minutes: 10
    teaches: servers
    ---
    # \(slug)

    What is this about, in two sentences?

    ## The first page
    <!-- id: first -->

    Tell what to look at, then show it.

    ```cloud
    cloud> spawn 2
    ...
    cloud> send 3
    ...
    ```

    ## Predict, then run
    <!-- id: predict -->

    ```quiz predict
    Ten more requests, one after another: how many fail?
    a) none     when failed == 0
    b) some     when failed > 0
    why: Nothing breaks here.
    why b: Which server would have died?
    ```

    ```cloud
    cloud> send 10
    ...
    ```

    ## Your turn
    <!-- id: goal -->

    Rent a third server.

    ```cloud check
    expect servers >= 3 else there are {servers} servers, and it takes three
    ```

    <details>
    <summary>Solution</summary>

    ```cloud solution One more is enough.
    cloud> spawn 1
    ...
    ```

    </details>

    ```cloud reject time passes, but no server comes
    cloud> run 1s
    ...
    ```

    ```hint
    Which command rents a server?
    ```

    ```hint
    `spawn 1`
    ```

    ```recall after 1d
    How do you rent two servers?
    answer: `spawn 2`
    ```

    ```note
    Ask for a show of hands before the run.
    ```

    """
  }
}
