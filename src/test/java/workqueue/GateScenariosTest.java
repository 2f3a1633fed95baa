package workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import workqueue.junit.Scenario;

class GateScenariosTest {
  @Test
  void thereIsOneForEachRule() {
    Map<String, String> titles =
        Stream.of(GateIT.class, CostIT.class)
            .flatMap(suite -> Arrays.stream(suite.getDeclaredMethods()))
            .map(each -> each.getAnnotation(Scenario.class))
            .filter(each -> each != null)
            .collect(Collectors.toMap(Scenario::value, Scenario::title));
    assertThat(titles)
        .isEqualTo(
            Arrays.stream(Rule.values())
                .collect(
                    Collectors.toMap(
                        rule -> "gate." + rule.id(), rule -> "The worker " + rule.demand())));
  }
}
