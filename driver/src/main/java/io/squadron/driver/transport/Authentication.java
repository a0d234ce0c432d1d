package io.squadron.driver.transport;

import java.util.List;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.sasl.SecretKeyHolder;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.TransportConf;

/** How ranks prove to each other that they belong to one application; the handshakes are Spark's. */
public sealed interface Authentication {
    /** Nobody proves anything, as {@code spark.authenticate=false} has it. */
    record None() implements Authentication {}

    /**
     * All ranks know one secret. With {@code spark.network.crypto.enabled} or {@code spark.authenticate.enableSaslEncryption}
     * the handshake also agrees on the key that encrypts what follows.
     *
     * @param application the Spark application's id, by which {@code secrets} finds the secret
     */
    record Secret(String application, SecretKeyHolder secrets) implements Authentication {}

    /** What a listener demands of each connection before any of our messages is looked at. */
    default List<TransportServerBootstrap> demanded(TransportConf conf) {
        return this instanceof Secret secret ? List.of(new AuthServerBootstrap(conf, secret.secrets())) : List.of();
    }

    /** What a connecting rank does before its first message. */
    default List<TransportClientBootstrap> shown(TransportConf conf) {
        return this instanceof Secret secret
                ? List.of(new AuthClientBootstrap(conf, secret.application(), secret.secrets()))
                : List.of();
    }
}
