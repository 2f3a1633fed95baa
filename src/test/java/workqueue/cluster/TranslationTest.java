package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TranslationTest {
  private static final String TABLE =
      """
      tcp      6 431999 ESTABLISHED src=10.42.2.2 dst=10.43.7.9 sport=60976 dport=5672 \
      src=172.17.0.1 dst=172.17.0.2 sport=18997 dport=60976 [ASSURED] mark=0 use=1
      tcp      6 117 TIME_WAIT src=10.42.2.3 dst=10.43.7.9 sport=41000 dport=5672 [UNREPLIED] \
      src=172.17.0.1 dst=172.17.0.2 sport=18997 dport=50001 mark=0 use=1
      tcp      6 431988 ESTABLISHED src=172.17.0.2 dst=172.17.0.1 sport=51736 dport=18997 \
      src=172.17.0.1 dst=172.17.0.2 sport=18997 dport=51736 [ASSURED] mark=0 use=1
      """;

  @Test
  void findsThePodsAddressBesideTheTranslatedOne() {
    assertThat(Translation.original(TABLE, "172.17.0.2", 60976)).contains("10.42.2.2");
    assertThat(Translation.original(TABLE, "172.17.0.2", 50001)).contains("10.42.2.3");
  }

  @Test
  void knowsNoPodOfWhatTheNodeItselfConnected() {
    assertThat(Translation.original(TABLE, "172.17.0.2", 51736)).isEmpty();
  }

  @Test
  void knowsNoPodOfWhatIsNotInTheTable() {
    assertThat(Translation.original(TABLE, "172.17.0.2", 41000)).isEmpty();
    assertThat(Translation.original(TABLE, "172.17.0.9", 60976)).isEmpty();
    assertThat(Translation.original("", "172.17.0.2", 60976)).isEmpty();
  }
}
