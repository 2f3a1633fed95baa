package workqueue.conformance;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A handful of what {@link ConformanceSelfTestIT} tries, for every run of all tests. */
class FewSetUpsIT {
  private static TheirCluster theirs;

  @TempDir Path folder;

  @BeforeAll
  static void start(@TempDir Path keys) throws Exception {
    theirs = TheirCluster.start(keys);
  }

  @AfterAll
  static void stop() {
    if (theirs != null) {
      theirs.close();
    }
  }

  static Stream<SetUp> setUps() {
    return SetUps.few().stream();
  }

  @ParameterizedTest
  @MethodSource("setUps")
  void failsExactlyItsCheck(SetUp setUp) throws Exception {
    theirs.tries(setUp, folder);
  }
}
