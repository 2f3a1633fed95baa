package workqueue.conformance;

import java.util.List;
import workqueue.checker.diagnosis.FindingCode;
import workqueue.configuration.ConformanceMode;

/**
 * Something that is made of a namespace or a cluster on purpose, and what a check must come to
 * there.
 *
 * @param name a word for it
 * @param about what is so there, in a clause
 * @param check that must fail; empty where all is sound
 * @param code by which it must be found; null where all is sound
 * @param newest whether only a Kubernetes of today can be made so
 * @param asAdmin whether it takes more rights than the Role to see
 * @param mode in which it is seen
 * @param making makes it so, and returns what undoes it outside of the namespace
 */
record SetUp(
    String name,
    String about,
    String check,
    FindingCode code,
    boolean newest,
    boolean asAdmin,
    ConformanceMode mode,
    Making making) {

  /** Makes a namespace so. */
  @FunctionalInterface
  interface Making {
    Runnable in(Site site);
  }

  static SetUp failing(String name, String about, String check, FindingCode code, Making making) {
    return new SetUp(name, about, check, code, false, false, ConformanceMode.PREFLIGHT, making);
  }

  static SetUp sound(String name, String about, Making making) {
    return new SetUp(name, about, "", null, false, false, ConformanceMode.PREFLIGHT, making);
  }

  /** The same, which cannot be made of an old Kubernetes. */
  SetUp ofToday() {
    return new SetUp(name, about, check, code, true, asAdmin, mode, making);
  }

  /** The same, seen by somebody who may see more. */
  SetUp seenByAdmin() {
    return new SetUp(name, about, check, code, newest, true, mode, making);
  }

  /** The same, which only the proof shows. */
  SetUp seenByProof() {
    return new SetUp(name, about, check, code, newest, asAdmin, ConformanceMode.QUICK, making);
  }

  /** The same, which is only seen where its check alone is made something for. */
  SetUp seenByTrial() {
    return new SetUp(name, about, check, code, newest, asAdmin, ConformanceMode.FULL, making);
  }

  boolean isProved() {
    return mode != ConformanceMode.PREFLIGHT;
  }

  boolean isSound() {
    return check.isEmpty();
  }

  /** The checks that must fail. */
  List<String> failing() {
    return isSound() ? List.of() : List.of(check);
  }

  @Override
  public String toString() {
    return name;
  }
}
