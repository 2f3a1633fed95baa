package workqueue.broker.rabbitmq;

import com.rabbitmq.http.client.domain.ChannelDetails;
import com.rabbitmq.http.client.domain.ConsumerDetails;
import com.rabbitmq.http.client.domain.QueueInfo;
import java.util.List;
import java.util.stream.Stream;
import workqueue.broker.QueueFigures;

/** Reads a queue's consumers as the management API tells them. */
final class ManagedConsumers {
  private ManagedConsumers() {}

  static List<QueueFigures.Consumer> of(QueueInfo info) {
    return Stream.ofNullable(info.getConsumerDetails())
        .flatMap(List::stream)
        .map(ManagedConsumers::consumer)
        .toList();
  }

  private static QueueFigures.Consumer consumer(ConsumerDetails details) {
    ChannelDetails channel =
        details.getChannelDetails() == null ? new ChannelDetails() : details.getChannelDetails();
    return new QueueFigures.Consumer(
        details.getConsumerTag(),
        channel.getName() == null ? "" : channel.getName(),
        details.getPrefetchCount(),
        details.isAckRequired(),
        channel.getPeerHost() == null ? "" : channel.getPeerHost());
  }
}
