namespace MemU.Retrieve.Evidence;

/// <summary>What a role says about the speaker.</summary>
internal enum RoleKind : byte
{
    /// <summary>There is no speaker.</summary>
    None,

    /// <summary>The person served, without a name.</summary>
    User,

    /// <summary>A machine that answers.</summary>
    Assistant,

    /// <summary>Somebody with a name.</summary>
    Named,
}
