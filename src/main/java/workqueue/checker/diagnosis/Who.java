package workqueue.checker.diagnosis;

/** Who can carry a remedy out. */
public enum Who {
  AUTHOR("who writes the worker"),
  JOB("who writes the Job"),
  BROKER("who runs the broker"),
  CLUSTER("who runs the cluster");

  private final String words;

  Who(String words) {
    this.words = words;
  }

  /** The person, as it reads after "for". */
  public String words() {
    return words;
  }
}
