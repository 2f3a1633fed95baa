package workqueue.cluster;

/**
 * What an engine tells of an image that it holds.
 *
 * @param architecture in Go's words, which are the nodes' as well: {@code amd64}
 * @param bytes of its layers, unpacked
 */
public record ImageFacts(String architecture, long bytes) {}
