namespace MemU.Server;

/// <summary>What a start of the server brings besides the settings.</summary>
public sealed record ServeOptions
{
    /// <summary>Authentication off; refused unless every url is loopback.</summary>
    public bool NoAuth { get; init; }

    /// <summary>Where log messages go; null for nowhere.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>Changes or adds services, after all others.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Told the addresses once the server listens.</summary>
    public Action<IReadOnlyCollection<string>>? Listening { get; init; }
}
