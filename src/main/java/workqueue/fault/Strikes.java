package workqueue.fault;

import java.util.function.Supplier;
import workqueue.history.HarnessEvent.FaultHealed;
import workqueue.history.HarnessEvent.FaultInjected;
import workqueue.history.Source;

/**
 * Has faults strike so that the record tells the truth about their order.
 *
 * <p>A fault is recorded twice: right before anything is done, and as soon as it is certain that it
 * struck. What was recorded before the first came before the strike, what was recorded after the
 * second came after it.
 */
final class Strikes {
  private final Site site;

  Strikes(Site site) {
    this.site = site;
  }

  /** Strikes with something that is over at once. */
  Fault once(Kind kind, String target, String how, Supplier<String> strike) {
    return lasting(kind, target, how, strike, Fault.Healing.NONE);
  }

  /**
   * Strikes with something that has to be healed, at the latest after the scenario.
   *
   * @param how it is done
   * @param strike does it and returns, once it is certain, what shows that it struck; if it fails,
   *     what it did halfway is healed
   */
  Fault lasting(
      Kind kind, String target, String how, Supplier<String> strike, Fault.Healing healing) {
    site.recorder().record(Source.FAULTS, new FaultInjected(kind.word(), target, how));
    Fault fault = new Fault(kind, target, site, healing);
    String evidence;
    try {
      evidence = strike.get();
    } catch (RuntimeException failure) {
      giveUp(fault, healing, failure);
      throw failure;
    }
    site.recorder()
        .record(Source.FAULTS, new FaultInjected(kind.word(), target, "struck: " + evidence));
    if (healing != Fault.Healing.NONE) {
      site.closesLater(fault);
    }
    return fault;
  }

  private void giveUp(Fault fault, Fault.Healing healing, RuntimeException failure) {
    try {
      healing.heal();
    } catch (RuntimeException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
    site.recorder()
        .record(
            Source.FAULTS, new FaultHealed(fault.kind().word(), fault.target(), "did not strike"));
  }
}
