package workqueue.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * How things on a timeline are drawn, in the page and in the still picture alike.
 *
 * @param marks by their kinds, in the order of a legend
 * @param states by their words, in the order of a legend
 * @param series of the numbers of one chart, in their order
 */
record Styles(
    LinkedHashMap<String, OfMark> marks,
    LinkedHashMap<String, OfState> states,
    List<OfSeries> series) {
  static final Styles READ = read();

  /**
   * How something that happened at one moment is drawn.
   *
   * @param say what it is called
   * @param path its shape, in a box of 12
   */
  record OfMark(String say, String colour, String path) {}

  /**
   * How a state that lasted is drawn.
   *
   * @param say what it is called
   * @param faint whether nothing happens in it any more
   * @param thin whether it is drawn beside the main state of its lane
   */
  record OfState(String say, String colour, boolean hatched, boolean faint, boolean thin) {}

  /**
   * How a number over time is drawn.
   *
   * @param dash how long its dashes and the spaces between them are; empty for a line without
   */
  record OfSeries(String colour, List<Integer> dash) {}

  /** As on the page, a state that has no style of its own is one that is not known. */
  OfState state(String word) {
    return states.getOrDefault(word, states.get("unknown"));
  }

  private static Styles read() {
    try {
      return JsonMapper.builder().build().readValue(Assets.styles(), Styles.class);
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
