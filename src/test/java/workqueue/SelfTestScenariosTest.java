package workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import workqueue.gate.SpecimenFile;
import workqueue.junit.Scenario;

class SelfTestScenariosTest {
  @Test
  void thereIsOneForEachFolder() {
    Map<String, String> folders = new TreeMap<>();
    for (String kind : new String[] {"mutants", "sound"}) {
      SpecimenFile.all(Path.of("fixtures", kind))
          .forEach(each -> folders.put("selftest." + each.name(), each.about()));
    }
    Map<String, String> titles = new TreeMap<>();
    Arrays.stream(SelfTestIT.class.getDeclaredMethods())
        .map(each -> each.getAnnotation(Scenario.class))
        .filter(each -> each != null)
        .forEach(each -> titles.put(each.value(), each.title()));
    assertThat(titles).isEqualTo(folders);
  }
}
