namespace MemU.Server.Jobs;

/// <summary>How far a job is.</summary>
internal enum JobState
{
    /// <summary>Waits for its turn, or for another attempt.</summary>
    Pending,

    /// <summary>Is being worked on.</summary>
    Running,

    /// <summary>Done.</summary>
    Completed,

    /// <summary>Given up; the reason is in the job.</summary>
    Failed,

    /// <summary>Stopped by whoever asked for it.</summary>
    Canceled,
}
