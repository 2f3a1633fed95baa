package workqueue.checker.diagnosis;

import static workqueue.checker.diagnosis.FindingCode.COMMAND_NOT_RUNNABLE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import workqueue.checker.view.JobView;
import workqueue.history.ClusterEvent.ContainerState;
import workqueue.history.Recorded;

/** The container's command cannot be run. */
final class CommandNotRunnable extends Cause {
  private static final Set<String> REASONS =
      Set.of("CreateContainerError", "CreateContainerConfigError", "RunContainerError");

  CommandNotRunnable() {
    super(
        COMMAND_NOT_RUNNABLE,
        Scope.POD,
        """
        The command does not exist in the image, is not executable, is for another architecture, or names an interpreter that is not there.
        The runtime says so before the container begins, or a shell does with exit code 126 or 127.
        """,
        Remedy.by(
            Who.AUTHOR,
            "make the program executable and build it for the architecture of the nodes"),
        Remedy.by(Who.JOB, "correct command and args"));
  }

  @Override
  List<Suspicion> in(Examination seen) {
    return seen.picture().jobs().stream()
        .filter(job -> !job.state().complete())
        .flatMap(job -> of(seen, job).stream())
        .toList();
  }

  private static Optional<Suspicion> of(Examination seen, JobView job) {
    List<FailedRuns.Run> failed =
        seen.runs().standing(COMMAND_NOT_RUNNABLE).stream()
            .filter(run -> run.job() == job)
            .toList();
    List<Recorded<ContainerState>> waiting = Stuck.waiting(job, CommandNotRunnable::cannotStart);
    if (failed.isEmpty() && waiting.isEmpty()) {
      return Optional.empty();
    }
    String said = failed.isEmpty() ? waiting.get(0).event().message() : failed.get(0).said();
    List<String> pods = new ArrayList<>();
    List<Long> proof = new ArrayList<>();
    failed.forEach(
        run -> {
          pods.add(run.attempt().pod.ref.name());
          proof.addAll(run.proof());
        });
    waiting.forEach(
        state -> {
          pods.add(state.event().pod().name());
          proof.add(state.seq());
        });
    return Optional.of(
        Suspicion.of(
                COMMAND_NOT_RUNNABLE, "the command of " + job + " cannot be run (" + said + ")")
            .pods(pods)
            .proof(proof)
            .remedy(
                failed.isEmpty()
                    ? "kubectl describe pod " + pods.get(0) + " -n " + job.ref.namespace()
                    : "chmod +x worker.py && docker build -t " + image(job) + " ."));
  }

  /** Volumes that are gone are a pod's on its way out: no fault of the command. */
  private static boolean cannotStart(ContainerState state) {
    return REASONS.contains(state.reason())
        && !state.message().contains("error mounting")
        && !ConfigurationMissing.keepsWaiting(state);
  }

  private static String image(JobView job) {
    String image = job.state().spec().image();
    return image.isEmpty() ? "job-wq-1" : image;
  }
}
