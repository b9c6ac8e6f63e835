/// Two small lessons.
enum Specimens {
  static let desks = """
    ---
    lesson: desks
    title: One queue or two
    minutes: 5
    seed: 3
    ---
    # One queue or two

    A desk serves one guest at a time.

    ## Two desks
    <!-- id: two -->

    Rent *two* of them.

    ```cloud
    cloud> spawn 2
    s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> send 3
    ...
    ```

    Nobody waited: `0s`<!--= wait.mean --> on average.

    ```quiz choice
    Which desk is busier?
    a) the first
    *b) neither
    why: Turns are taken.
    why a: It only began.
    ```

    ## Predict, then run
    <!-- id: guess -->

    ```quiz predict
    Ten more guests: how many fail?
    a) none   when failed == 0
    b) some   when failed > 0
    why: Nothing breaks here.
    why b: Which desk would have broken?
    ```

    ```cloud
    cloud> send 10
    ...
    ```

    That is all.

    ## Your turn
    <!-- id: goal -->

    Open a third desk.

    ```cloud start
    cloud> kill s2
    ```

    ```cloud check
    expect servers >= 3 else there are {servers} desks, and it takes three
    ```

    ```cloud solution Two more, since one is gone.
    cloud> spawn 2
    s3..s4 in service: 1 cpu, 1GiB, $0.04 per hour
    ```

    ```cloud accept one by one
    cloud> spawn 1
    ...
    cloud> spawn 1
    ...
    ```

    ```cloud reject one is not enough
    cloud> spawn 1
    ...
    ```

    ```hint when servers == 1
    One desk is gone: how many are left?
    ```

    ```hint
    `spawn` rents desks.
    ```

    ```hint
    Type `spawn 2`.
    ```

    ```note
    Let them count.
    ```

    """

  static let order = """
    ---
    lesson: order
    title: In order
    needs: desks
    ---
    # In order

    ```cloud setup
    cloud> spawn 1
    ```

    ```quiz order
    Which comes first?
    a) spawn
    b) send
    c) show
    why: No desk, no guest.
    ```

    ```cloud
    cloud> send 1 --rate 7
                          ^
    error: --rate needs a unit: /s, /m or /h
    ...
    cloud> send 1
    ...
    ```

    """

  static var shelf: Shelf {
    Shelf(["lessons/01-one-queue.md": desks, "lessons/02-in-order.md": order])
  }
}
