package workqueue.checker.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import workqueue.history.ApiEvent.DryRunAnswered;
import workqueue.history.ApiEvent.GuestArrived;
import workqueue.history.ApiEvent.ObjectsRead;
import workqueue.history.ApiEvent.TrialBegan;
import workqueue.history.ApiEvent.TrialEnded;
import workqueue.history.History;
import workqueue.history.Recorded;

/** The record of a guest's visit to a cluster. */
record Visit(History history) {

  /** The same but for what was made for single checks. */
  Visit proof() {
    if (history.last(TrialBegan.class).isEmpty()) {
      return this;
    }
    return part(String::isEmpty);
  }

  /** The part that was made for this check, if it was. */
  Optional<Visit> trial(String check) {
    return history.last(TrialBegan.class, each -> each.check().equals(check)).isEmpty()
        ? Optional.empty()
        : Optional.of(part(check::equals));
  }

  /** The events that come while a trial goes on; who came is part of all. */
  private Visit part(Predicate<String> wanted) {
    List<Recorded<?>> events = new ArrayList<>();
    String inTrial = "";
    for (Recorded<?> each : history.events()) {
      if (each.event() instanceof TrialBegan began) {
        inTrial = began.check();
      }
      if (wanted.test(inTrial) || each.event() instanceof GuestArrived) {
        events.add(each);
      }
      if (each.event() instanceof TrialEnded) {
        inTrial = "";
      }
    }
    return new Visit(new History(history.header(), events));
  }

  /** What a trial waited for in vain; empty if nothing. */
  String inVain() {
    return history.last(TrialEnded.class).map(each -> each.event().inVain()).orElse("");
  }

  /** What the guest came for. */
  GuestArrived guest() {
    return history
        .last(GuestArrived.class)
        .map(Recorded::event)
        .orElseThrow(() -> new IllegalArgumentException("No guest came in this history."));
  }

  /** All trials of a part of the pattern, the first as it is documented. */
  List<Recorded<DryRunAnswered>> trials(String part) {
    return history.all(DryRunAnswered.class, each -> each.part().equals(part));
  }

  /** The first trial of a part: as documented. */
  Optional<Recorded<DryRunAnswered>> documented(String part) {
    return trials(part).stream().findFirst();
  }

  /** The trial of a part that was taken: as documented, or adapted. */
  Optional<Recorded<DryRunAnswered>> taken(String part) {
    return trials(part).stream().filter(each -> each.event().wasTaken()).findFirst();
  }

  /** The last look at objects of a kind. */
  Optional<Recorded<ObjectsRead>> read(String kind) {
    return history.last(ObjectsRead.class, each -> each.kind().equals(kind));
  }

  /** Says that something could not be read, for want of a right or of an answer. */
  static CheckAnswer unread(Recorded<ObjectsRead> look) {
    String why = look.event().why();
    CheckAnswer unknown =
        CheckAnswer.unknown(why.isEmpty() ? "it could not be read" : why, look.seq());
    return why.startsWith(Admission.MAY_NOT)
        ? unknown.lacking(List.of(Admission.missing(why)))
        : unknown;
  }

  /** Says that something could not be sent on trial. */
  static CheckAnswer untried(Recorded<DryRunAnswered> trial) {
    DryRunAnswered answer = trial.event();
    CheckAnswer unknown =
        CheckAnswer.unknown(
            answer.kind() + " " + answer.name() + " could not be tried: " + answer.message(),
            trial.seq());
    return Admission.of(answer) == Admission.NO_RIGHT
        ? unknown.lacking(List.of(Admission.missing(answer.message())))
        : unknown;
  }

  static CheckAnswer notLooked() {
    return CheckAnswer.unknown("nothing of it is in the record");
  }
}
