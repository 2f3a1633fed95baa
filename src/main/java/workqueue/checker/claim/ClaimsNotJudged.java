package workqueue.checker.claim;

import workqueue.checker.claim.Judgement.NotJudged;

/** Something that the scenario is not about kept all of its claims from being judged. */
public final class ClaimsNotJudged extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient NotJudged why;

  ClaimsNotJudged(NotJudged why) {
    super(why.reason());
    this.why = why;
  }

  public NotJudged why() {
    return why;
  }
}
