package workqueue.checker.claim;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import workqueue.checker.view.Picture;
import workqueue.history.Event;
import workqueue.history.Recorded;

/** It is known whether all of the claims come out as each expects: for advice. */
record Whether(@JsonProperty("words") String whole, List<Claim> parts) implements Statement {
  Whether {
    parts = List.copyOf(parts);
  }

  @Override
  public String words() {
    return "it is known whether " + whole;
  }

  /** VALID if it is known whether all of them hold; what does not is told all the same. */
  @Override
  public Conclusion judge(Picture picture) {
    Conclusion all = all().judge(picture);
    return all.verdict() == Verdict.INVALID
        ? new Conclusion(
            Verdict.VALID,
            all.explanation()
                .replaceFirst(": .*" + All.NOT_AS_EXPECTED + "\n", ": it does not hold\n"),
            all.findings())
        : all;
  }

  @Override
  public Optional<? extends Recorded<? extends Event>> decidedBy(Picture picture) {
    return all().decidedBy(picture);
  }

  private All all() {
    return new All(words(), parts);
  }
}
