package workqueue.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioChoiceTest {

  @Test
  void choosesById() {
    ScenarioChoice choice = ScenarioChoice.parse("outcome.exact,race.*");
    assertThat(choice.chooses("outcome.exact")).isTrue();
    assertThat(choice.chooses("race.pod-deleted")).isTrue();
    assertThat(choice.chooses("outcome.exactly")).isFalse();
    assertThat(choice.chooses("gate.race.x")).isFalse();
    assertThat(ScenarioChoice.parse("*broker*").chooses("gate.survives-late-broker")).isTrue();
  }

  @Test
  void choosesNoneOfWhatFailedWhereNothingDid() {
    assertThat(ScenarioChoice.parse("failed").isOfFailed()).isTrue();
    assertThat(ScenarioChoice.of(List.of()).chooses("outcome.exact")).isFalse();
  }

  @Test
  void namesTheNearest() {
    assertThat(
            ScenarioChoice.parse("outcome.exat")
                .matchesNone(List.of("outcome.exact", "race.pod-deleted")))
        .isEqualTo(
            "wq.scenario=outcome.exat chooses none of the 2 scenarios here. Did you mean"
                + " outcome.exact?");
  }

  @Test
  void refusesAnotherForm() {
    assertThatThrownBy(() -> ScenarioChoice.parse("outcome exact"))
        .hasMessage(
            "allowed are ids of scenarios, separated by commas, with * for anything, for example"
                + " outcome.exact,race.*, or failed.");
  }
}
