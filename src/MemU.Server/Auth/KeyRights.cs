namespace MemU.Server.Auth;

/// <summary>What a caller may do.</summary>
[Flags]
public enum KeyRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Retrieve, list, get, export.</summary>
    Read = 1,

    /// <summary>Memorize, create, change and delete single records, import.</summary>
    Write = 2,

    /// <summary>Erase a whole space.</summary>
    Erase = 4,

    /// <summary>See which spaces there are, and the numbers of the server.</summary>
    Admin = 8,
}
