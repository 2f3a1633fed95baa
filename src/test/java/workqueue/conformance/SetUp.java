package workqueue.conformance;

import java.util.List;
import java.util.Map;
import workqueue.checker.claim.CheckAnswer;
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
 * @param outcome that the check must come to
 * @param needs what a Kubernetes must be able to do to be made so
 * @param asAdmin whether it takes more rights than the Role to see
 * @param mode in which it is seen
 * @param given parameters that the guest gives besides
 * @param arguments of a cluster of its own, in the words of k3s; none where the common one does
 * @param making makes it so, and returns what undoes it outside of the namespace
 */
record SetUp(
    String name,
    String about,
    String check,
    FindingCode code,
    CheckAnswer.Outcome outcome,
    Capability needs,
    boolean asAdmin,
    ConformanceMode mode,
    Map<String, String> given,
    List<String> arguments,
    Making making) {

  /** Makes a namespace so. */
  @FunctionalInterface
  interface Making {
    Runnable in(Site site);
  }

  static SetUp failing(String name, String about, String check, FindingCode code, Making making) {
    return first(name, about, check, code, CheckAnswer.Outcome.FAILS, making);
  }

  static SetUp sound(String name, String about, Making making) {
    return first(name, about, "", null, CheckAnswer.Outcome.HOLDS, making);
  }

  /** Everywhere, by a guest with the Role alone, and without making anything. */
  private static SetUp first(
      String name,
      String about,
      String check,
      FindingCode code,
      CheckAnswer.Outcome outcome,
      Making making) {
    return new SetUp(
        name,
        about,
        check,
        code,
        outcome,
        Capability.ANY,
        false,
        ConformanceMode.PREFLIGHT,
        Map.of(),
        List.of(),
        making);
  }

  /** Makes objects, which go with their namespace. */
  static Making making(String yaml) {
    return site -> {
      site.make(yaml);
      return () -> {};
    };
  }

  /** The same, which cannot be made of every Kubernetes. */
  SetUp where(Capability needed) {
    return with(outcome, needed, asAdmin, mode, given, arguments);
  }

  /** The same, of which the check knows no more than that it cannot be answered. */
  SetUp leftOpen() {
    return with(CheckAnswer.Outcome.UNKNOWN, needs, asAdmin, mode, given, arguments);
  }

  /** The same, seen by somebody who may see more. */
  SetUp seenByAdmin() {
    return with(outcome, needs, true, mode, given, arguments);
  }

  /** The same, which only the proof shows. */
  SetUp seenByProof() {
    return with(outcome, needs, asAdmin, ConformanceMode.QUICK, given, arguments);
  }

  /** The same, which is only seen where its check alone is made something for. */
  SetUp seenByTrial() {
    return with(outcome, needs, asAdmin, ConformanceMode.FULL, given, arguments);
  }

  /** The same, by a guest who gives this parameter as well. */
  SetUp given(String parameter, String value) {
    return with(outcome, needs, asAdmin, mode, Map.of(parameter, value), arguments);
  }

  /** The same, which a cluster of its own is started for. */
  SetUp startedWith(String... its) {
    return with(outcome, needs, asAdmin, mode, given, List.of(its));
  }

  private SetUp with(
      CheckAnswer.Outcome outcome,
      Capability needs,
      boolean asAdmin,
      ConformanceMode mode,
      Map<String, String> given,
      List<String> arguments) {
    return new SetUp(
        name, about, check, code, outcome, needs, asAdmin, mode, given, arguments, making);
  }

  boolean isProved() {
    return mode != ConformanceMode.PREFLIGHT;
  }

  boolean isSound() {
    return check.isEmpty();
  }

  /** What of a proof is left, kind and name. */
  List<String> leaves() {
    return check.equals("cleanup.footprint") ? List.of("Service rabbitmq-service") : List.of();
  }

  /** The checks that must fail. */
  List<String> failing() {
    return coming(CheckAnswer.Outcome.FAILS);
  }

  /** The checks that cannot be answered. */
  List<String> unknown() {
    return coming(CheckAnswer.Outcome.UNKNOWN);
  }

  private List<String> coming(CheckAnswer.Outcome to) {
    return isSound() || outcome != to ? List.of() : List.of(check);
  }

  @Override
  public String toString() {
    return name;
  }
}
