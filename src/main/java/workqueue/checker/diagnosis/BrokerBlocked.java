package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.BROKER_BLOCKED;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import workqueue.history.BrokerEvent.Alarm;
import workqueue.history.BrokerEvent.BrokerAlarm;

/** An alarm keeps the broker from taking messages. */
final class BrokerBlocked extends Cause {

  BrokerBlocked() {
    super(
        BROKER_BLOCKED,
        Scope.BROKER,
        """
        The broker has raised an alarm, for memory or for disk, and holds all publishers back until it is over. Consumers go on, so that
        queues empty themselves; what workers publish themselves waits.
        """,
        Remedy.by(
            Who.BROKER,
            "give the broker the memory or the disk that its alarm is about, or lower the limit of the alarm"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    List<Suspicion> found = new ArrayList<>();
    for (Alarm alarm : Alarm.values()) {
      seen.picture()
          .history
          .last(BrokerAlarm.class, each -> each.alarm() == alarm)
          .filter(each -> each.event().raised())
          .ifPresent(
              each ->
                  found.add(
                      Suspicion.of(
                              BROKER_BLOCKED,
                              "the broker takes no messages ("
                                  + alarm.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                                  + " alarm)")
                          .proof(each.seq())
                          .remedy("rabbitmqctl status | grep -A5 -i alarm")));
    }
    return found;
  }
}
