package workqueue.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Each request that a run sent to a cluster that exists, a line each: {@code requests.ndjson}. */
public final class RequestFile implements Consumer<Exchange>, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Writer writer;
  private boolean closed;

  public RequestFile(Path reports) {
    try {
      Files.createDirectories(reports);
      writer = Files.newBufferedWriter(reports.resolve("requests.ndjson"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public synchronized void accept(Exchange exchange) {
    if (closed) {
      return;
    }
    ObjectNode line =
        JSON.createObjectNode()
            .put("at", exchange.sentAt().toString())
            .put("method", exchange.method())
            .put("path", withoutCommand(exchange.path()))
            .put("dryRun", exchange.dryRun())
            .put("millis", exchange.millis());
    exchange.code().ifPresent(code -> line.put("code", code));
    if (!exchange.trouble().isEmpty()) {
      line.put("trouble", exchange.trouble());
    }
    try {
      writer.write(JSON.writeValueAsString(line));
      writer.write('\n');
      // A run that is killed leaves what it sent until then.
      writer.flush();
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What is run in a pod may name a password. */
  private static String withoutCommand(String path) {
    return path.replaceFirst("/exec\\?.*", "/exec");
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      writer.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
