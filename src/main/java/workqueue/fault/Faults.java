package workqueue.fault;

import workqueue.history.PodRef;

/**
 * The faults that a scenario can have strike.
 *
 * <p>Each call returns when it is certain that the fault struck. What lasts is healed by the {@link
 * Fault} that is returned, or else after the scenario.
 */
public final class Faults {
  private final ContainerFaults containers;

  public Faults(Site site) {
    Strikes strikes = new Strikes(site);
    this.containers = new ContainerFaults(site, strikes);
  }

  /**
   * Kills all processes of the pod's first container: by its node where that is a throwaway one,
   * elsewhere from inside, where the container's first process survives the signal and ends by
   * itself for lack of its child.
   *
   * @throws workqueue.EnvironmentTrouble if the container does not run
   */
  public Fault kill(PodRef pod) {
    return containers.kill(pod);
  }
}
