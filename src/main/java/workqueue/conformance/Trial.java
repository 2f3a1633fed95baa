package workqueue.conformance;

/** What is made for one check besides the proof, of which nothing but the broker is left. */
interface Trial {
  /** The check's id. */
  String check();

  /**
   * Makes what is needed, and looks; what was seen is in the record, and judged by it.
   *
   * @throws workqueue.waiting.WaitedInVain if something did not come
   */
  void run(OwnObjects own, Parts parts);
}
