//! The tables as diesel sees them, the same for both engines; `tests/contract/schema.rs` holds them to the migrations.

diesel::table! {
    counties (code) {
        code -> Text,
        name -> Text,
        time_zone -> Text,
        phone -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    divisions (code) {
        code -> Text,
        county -> Text,
        name -> Text,
        short_name -> Text,
        level -> Text,
        parent_code -> Nullable<Text>,
        path -> Text,
        jurisdiction -> Text,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
    }
}

// Changes with every change of organisations, teams, divisions, plans and their items.
diesel::table! {
    directory_version (id) {
        id -> BigInt,
        version -> Text,
    }
}

diesel::table! {
    fields (code) {
        code -> Text,
        kind -> Text,
        name -> Text,
        name_en -> Text,
        examples -> Text,
        seq -> Integer,
    }
}

diesel::table! {
    holidays (county, day) {
        county -> Text,
        day -> Date,
        kind -> Text,
        name -> Text,
    }
}

diesel::table! {
    deadlines (county, stage, urgent) {
        county -> Text,
        stage -> Text,
        urgent -> Bool,
        amount -> Integer,
        unit -> Text,
    }
}

diesel::table! {
    retention_rules (subject) {
        subject -> Text,
        months -> Integer,
    }
}

diesel::table! {
    budgets (deed, per) {
        deed -> Text,
        per -> Text,
        allowed -> Integer,
        minutes -> Integer,
    }
}

diesel::table! {
    settings (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    organisations (id) {
        id -> BigInt,
        county -> Text,
        kind -> Text,
        name -> Text,
        full_name -> Text,
        division_code -> Text,
        association -> Bool,
        phone -> Nullable<Text>,
        active -> Bool,
        version -> BigInt,
        closed_on -> Nullable<Date>,
    }
}

diesel::table! {
    organisation_aliases (county, alias) {
        county -> Text,
        alias -> Text,
        organisation_id -> BigInt,
    }
}

diesel::table! {
    organisation_fields (organisation_id, field) {
        organisation_id -> BigInt,
        field -> Text,
    }
}

diesel::table! {
    teams (organisation_id) {
        organisation_id -> BigInt,
        host_id -> BigInt,
        kind -> Text,
        intro -> Text,
        languages -> Text,
        checked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    team_reach (team_id, division_code) {
        team_id -> BigInt,
        division_code -> Text,
    }
}

diesel::table! {
    venues (id) {
        id -> BigInt,
        county -> Text,
        organisation_id -> BigInt,
        name -> Text,
        division_code -> Text,
        address -> Text,
        capacity -> Integer,
        free_to_book -> Bool,
        active -> Bool,
        phone -> Nullable<Text>,
        closed_on -> Nullable<Date>,
        version -> BigInt,
        kind -> Text,
        step_free -> Bool,
        projector -> Bool,
        power -> Bool,
    }
}

diesel::table! {
    venue_hours (venue_id, weekday, opens) {
        venue_id -> BigInt,
        weekday -> Integer,
        opens -> Integer,
        closes -> Integer,
    }
}

diesel::table! {
    venue_closures (id) {
        id -> BigInt,
        venue_id -> BigInt,
        from_day -> Date,
        until_day -> Date,
        reason -> Text,
    }
}

diesel::table! {
    spaces (id) {
        id -> BigInt,
        venue_id -> BigInt,
        name -> Text,
        capacity -> Integer,
        places -> Nullable<Integer>,
        active -> Bool,
        version -> BigInt,
    }
}

diesel::table! {
    people (id) {
        id -> BigInt,
        county -> Nullable<Text>,
        name -> Text,
        phone -> Nullable<Text>,
        user_name -> Nullable<Text>,
        password_hash -> Text,
        must_change_password -> Bool,
        division_code -> Nullable<Text>,
        locked_at -> Nullable<Timestamp>,
        away_from -> Nullable<Timestamp>,
        away_until -> Nullable<Timestamp>,
        created_at -> Timestamp,
        version -> BigInt,
        text_mode -> Text,
        language -> Text,
    }
}

diesel::table! {
    grants (id) {
        id -> BigInt,
        person_id -> BigInt,
        role -> Text,
        organisation_id -> Nullable<BigInt>,
        starts_at -> Timestamp,
        ends_at -> Nullable<Timestamp>,
        granted_by -> Nullable<BigInt>,
        needs_second -> Bool,
        second_by -> Nullable<BigInt>,
        second_at -> Nullable<Timestamp>,
        ended_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    consents (id) {
        id -> BigInt,
        person_id -> Nullable<BigInt>,
        order_id -> Nullable<BigInt>,
        text -> Text,
        version -> Text,
        given -> Text,
        given_at -> Timestamp,
        complaint_id -> Nullable<BigInt>,
        registration_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    consent_texts (version) {
        version -> Text,
        valid_from -> Date,
        text -> Text,
        kind -> Text,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        person_id -> BigInt,
        client -> Text,
        created_at -> Timestamp,
        used_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        ended_because -> Nullable<Text>,
        device -> Nullable<Text>,
    }
}

diesel::table! {
    refresh_tokens (id) {
        id -> BigInt,
        session_id -> BigInt,
        parent_id -> Nullable<BigInt>,
        hash -> Text,
        issued_at -> Timestamp,
        replaced_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    attempts (bucket) {
        bucket -> Text,
        used -> Integer,
        since -> Timestamp,
        closed_until -> Nullable<Timestamp>,
    }
}

diesel::table! {
    plans (id) {
        id -> BigInt,
        county -> Text,
        code -> Text,
        title -> Text,
        document_number -> Text,
        first_year -> Integer,
        last_year -> Integer,
        issued_on -> Date,
    }
}

diesel::table! {
    plan_items (id) {
        id -> BigInt,
        plan_id -> BigInt,
        code -> Text,
        kind -> Text,
        parent_id -> Nullable<BigInt>,
        title -> Text,
        text -> Text,
        countable -> Bool,
        seq -> Integer,
    }
}

diesel::table! {
    plan_item_units (plan_item_id, part, seq) {
        plan_item_id -> BigInt,
        part -> Text,
        seq -> Integer,
        organisation_id -> BigInt,
        spelled -> Text,
    }
}

diesel::table! {
    plan_targets (id) {
        id -> BigInt,
        plan_id -> BigInt,
        code -> Text,
        title -> Text,
        unit -> Text,
        measure -> Text,
        goal -> Double,
        by_year -> Integer,
        plan_item_id -> Nullable<BigInt>,
        text -> Text,
    }
}

diesel::table! {
    plan_target_values (id) {
        id -> BigInt,
        target_id -> BigInt,
        measured_on -> Date,
        value -> Double,
        source -> Text,
    }
}

diesel::table! {
    current_plans (county, starts_on) {
        county -> Text,
        starts_on -> Date,
        plan_id -> BigInt,
    }
}

diesel::table! {
    equipment (id) {
        id -> BigInt,
        county -> Text,
        organisation_id -> BigInt,
        name -> Text,
        kind -> Text,
        division_code -> Text,
        needs_power -> Bool,
        floor_space -> Nullable<Integer>,
        notes -> Text,
        active -> Bool,
        version -> BigInt,
    }
}

diesel::table! {
    loans (id) {
        id -> BigInt,
        county -> Text,
        equipment_id -> BigInt,
        borrower_id -> BigInt,
        from_day -> Date,
        until_day -> Date,
        purpose -> Text,
        state -> Text,
        wished_by -> BigInt,
        wished_at -> Timestamp,
        answer -> Nullable<Text>,
        handed_over_at -> Nullable<Timestamp>,
        condition_out -> Nullable<Text>,
        given_back_at -> Nullable<Timestamp>,
        condition_back -> Nullable<Text>,
        reported_at -> Nullable<Timestamp>,
        attendance -> Nullable<Integer>,
        remarks -> Nullable<Text>,
        due_at -> Nullable<Timestamp>,
        late_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    bookings (id) {
        id -> BigInt,
        county -> Text,
        resource_kind -> Text,
        resource_id -> BigInt,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        holder_kind -> Text,
        holder_id -> BigInt,
        status -> Text,
        created_at -> Timestamp,
        released_at -> Nullable<Timestamp>,
        places -> Nullable<Integer>,
        answer_by -> Nullable<Timestamp>,
        outcome -> Nullable<Text>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    events (id) {
        id -> BigInt,
        county -> Text,
        order_id -> Nullable<BigInt>,
        title -> Text,
        state -> Text,
        created_at -> Timestamp,
        version -> BigInt,
        kind -> Text,
        description -> Text,
        online -> Bool,
        open -> Bool,
        organiser_id -> Nullable<BigInt>,
        division_code -> Nullable<Text>,
        place_path -> Text,
        jurisdiction -> Text,
        address -> Nullable<Text>,
        audience -> Text,
        expected -> Integer,
        plan_item_id -> Nullable<BigInt>,
        created_by -> Nullable<BigInt>,
        published_at -> Nullable<Timestamp>,
        closing_words -> Nullable<Text>,
        campaign_id -> Nullable<BigInt>,
        parent_id -> Nullable<BigInt>,
        postponed_at -> Nullable<Timestamp>,
        postponed_for -> Nullable<Text>,
    }
}

diesel::table! {
    event_sessions (id) {
        id -> BigInt,
        event_id -> BigInt,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        venue_id -> Nullable<BigInt>,
        in_charge_id -> BigInt,
        state -> Text,
        attendance -> Nullable<Integer>,
        space_id -> Nullable<BigInt>,
        setup_minutes -> Integer,
        clearing_minutes -> Integer,
        travel_minutes -> Integer,
        agreed -> Bool,
        sequence -> Integer,
        changed_at -> Timestamp,
        dropped_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    check_ins (id) {
        id -> BigInt,
        session_id -> BigInt,
        mark -> Text,
        heads -> Integer,
        created_at -> Timestamp,
    }
}

diesel::table! {
    paper_counts (session_id) {
        session_id -> BigInt,
        heads -> Integer,
        first_timers -> Nullable<Integer>,
        children -> Nullable<Integer>,
        entered_by -> BigInt,
        entered_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    rosters (id) {
        id -> BigInt,
        county -> Text,
        event_id -> BigInt,
        session_id -> BigInt,
        order_id -> Nullable<BigInt>,
        team_id -> BigInt,
        department_id -> Nullable<BigInt>,
        requester_id -> Nullable<BigInt>,
        place_path -> Text,
        jurisdiction -> Text,
        class -> Text,
        late -> Bool,
        reason -> Nullable<Text>,
        content -> Text,
        state -> Text,
        version -> BigInt,
        filed_by -> BigInt,
        filed_at -> Timestamp,
        answered_by -> Nullable<BigInt>,
        answered_as -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
        words -> Nullable<Text>,
    }
}

diesel::table! {
    roster_lines (id) {
        id -> BigInt,
        roster_id -> BigInt,
        person_id -> BigInt,
        capacity -> Text,
        from_at -> Timestamp,
        until_at -> Timestamp,
        minutes -> Integer,
    }
}

diesel::table! {
    roster_reminders (session_id) {
        session_id -> BigInt,
        rung -> Integer,
    }
}

diesel::table! {
    service_records (id) {
        id -> BigInt,
        county -> Text,
        kind -> Text,
        reverses_id -> Nullable<BigInt>,
        source_kind -> Text,
        source_id -> BigInt,
        event_id -> BigInt,
        session_id -> BigInt,
        order_id -> Nullable<BigInt>,
        plan_item_id -> Nullable<BigInt>,
        team_id -> BigInt,
        department_id -> Nullable<BigInt>,
        place_path -> Text,
        township_code -> Nullable<Text>,
        title -> Text,
        held_on -> Date,
        place -> Text,
        content -> Text,
        minutes -> Integer,
        unit -> Text,
        in_charge_id -> BigInt,
        year -> Integer,
        from_at -> Timestamp,
        until_at -> Timestamp,
        class -> Text,
        late -> Bool,
        filed_by -> BigInt,
        confirmed_by -> BigInt,
        reason -> Nullable<Text>,
        commitment -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    record_people (record_id) {
        record_id -> BigInt,
        person_id -> BigInt,
        salt -> Text,
    }
}

diesel::table! {
    presences (id) {
        id -> BigInt,
        record_id -> BigInt,
        person_id -> BigInt,
        from_at -> Timestamp,
        until_at -> Timestamp,
    }
}

diesel::table! {
    unsealed_records (record_id) {
        record_id -> BigInt,
    }
}

diesel::table! {
    hour_holds (id) {
        id -> BigInt,
        event_id -> BigInt,
        from_at -> Timestamp,
        until_at -> Nullable<Timestamp>,
        held_by -> Nullable<BigInt>,
        ended_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    reversal_proposals (record_id) {
        record_id -> BigInt,
        proposed_at -> Timestamp,
    }
}

diesel::table! {
    record_corrections (id) {
        id -> BigInt,
        county -> Text,
        record_id -> BigInt,
        person_id -> BigInt,
        team_id -> BigInt,
        team_path -> Text,
        jurisdiction -> Text,
        words -> Text,
        asked_at -> Timestamp,
        due_at -> Timestamp,
        moved_up_at -> Nullable<Timestamp>,
        version -> BigInt,
        answered_by -> Nullable<BigInt>,
        answered_at -> Nullable<Timestamp>,
        agreed -> Nullable<Bool>,
        answer -> Nullable<Text>,
    }
}

diesel::table! {
    ledger_keys (id) {
        id -> Text,
        algorithm -> Text,
        public_key -> Text,
        since -> Timestamp,
    }
}

diesel::table! {
    ledger_batches (number) {
        number -> BigInt,
        sealed_at -> Timestamp,
        row_count -> Integer,
        previous_hash -> Text,
        hash -> Text,
        key_id -> Text,
        signature -> Text,
    }
}

diesel::table! {
    ledger_entries (record_id) {
        record_id -> BigInt,
        batch_number -> BigInt,
        place -> Integer,
        row_hash -> Text,
    }
}

diesel::table! {
    orders (id) {
        id -> BigInt,
        number -> Text,
        county -> Text,
        division_code -> Text,
        place_path -> Text,
        jurisdiction -> Text,
        state -> Text,
        version -> BigInt,
        title -> Text,
        audience -> Text,
        attendees -> Integer,
        urgent -> Bool,
        channel -> Text,
        requester_id -> Nullable<BigInt>,
        entered_by -> Nullable<BigInt>,
        requesting_organisation_id -> Nullable<BigInt>,
        holding_centre_id -> BigInt,
        department_id -> Nullable<BigInt>,
        summary -> Nullable<Text>,
        plan_item_id -> Nullable<BigInt>,
        outside_plan -> Bool,
        team_id -> Nullable<BigInt>,
        merged_into -> Nullable<BigInt>,
        submitted_at -> Timestamp,
        stage_at -> Timestamp,
        due_at -> Nullable<Timestamp>,
        late_at -> Nullable<Timestamp>,
        first_from -> Nullable<Timestamp>,
        last_until -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    order_progress (order_id) {
        order_id -> BigInt,
        details -> Text,
        track_hash -> Text,
        requirements -> Nullable<Text>,
        dispatched_by -> Nullable<BigInt>,
        dispatching_centre_id -> Nullable<BigInt>,
        returns -> Integer,
        decided -> Bool,
        offer_team_id -> Nullable<BigInt>,
        offer_until -> Nullable<Timestamp>,
        paused_at -> Nullable<Timestamp>,
        paused_minutes -> Integer,
        rung -> Integer,
        rung_at -> Nullable<Timestamp>,
        new_times_asked_at -> Nullable<Timestamp>,
        questions -> Integer,
        proposals -> Integer,
        event_id -> Nullable<BigInt>,
        starts_at -> Nullable<Timestamp>,
        ends_at -> Nullable<Timestamp>,
        stars -> Nullable<Integer>,
        disputes -> Integer,
        disputed_from -> Nullable<Text>,
        reopened -> Integer,
        others_may_come -> Bool,
    }
}

diesel::table! {
    order_contacts (order_id) {
        order_id -> BigInt,
        name -> Nullable<Text>,
        phone -> Nullable<Text>,
        address -> Nullable<Text>,
        erased_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    order_windows (id) {
        id -> BigInt,
        order_id -> BigInt,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
    }
}

diesel::table! {
    order_parties (id) {
        id -> BigInt,
        order_id -> BigInt,
        organisation_id -> BigInt,
        part -> Text,
        since -> Timestamp,
        until -> Nullable<Timestamp>,
        until_version -> Nullable<BigInt>,
    }
}

diesel::table! {
    order_moves (id) {
        id -> BigInt,
        order_id -> BigInt,
        verb -> Text,
        at -> Timestamp,
        actor_id -> Nullable<BigInt>,
        actor_role -> Nullable<Text>,
        organisation_id -> Nullable<BigInt>,
        from_state -> Nullable<Text>,
        to_state -> Text,
        version -> BigInt,
        note -> Nullable<Text>,
        about_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    order_changes (move_id, field) {
        move_id -> BigInt,
        field -> Text,
        old -> Nullable<Text>,
        new -> Nullable<Text>,
    }
}

diesel::table! {
    order_questions (id) {
        id -> BigInt,
        order_id -> BigInt,
        asked_by -> BigInt,
        organisation_id -> Nullable<BigInt>,
        asked_at -> Timestamp,
        question -> Text,
        answered_at -> Nullable<Timestamp>,
        answer -> Nullable<Text>,
    }
}

diesel::table! {
    order_answers (id) {
        id -> BigInt,
        order_id -> BigInt,
        kind -> Text,
        text -> Text,
        written_by -> Nullable<BigInt>,
        written_at -> Timestamp,
    }
}

diesel::table! {
    order_reviews (order_id) {
        order_id -> BigInt,
        stars -> Integer,
        words -> Nullable<Text>,
        entered_by -> Nullable<BigInt>,
        by_phone -> Bool,
        given_at -> Timestamp,
    }
}

diesel::table! {
    order_disputes (id) {
        id -> BigInt,
        order_id -> BigInt,
        kind -> Text,
        words -> Text,
        raised_at -> Timestamp,
        outcome -> Nullable<Text>,
        outcome_words -> Nullable<Text>,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    order_proposals (id) {
        id -> BigInt,
        order_id -> BigInt,
        proposed_by -> Nullable<BigInt>,
        proposed_at -> Timestamp,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        venue_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    order_search (order_id) {
        order_id -> BigInt,
        words -> Text,
        summary -> Text,
    }
}

diesel::table! {
    complaints (id) {
        id -> BigInt,
        number -> Text,
        county -> Text,
        state -> Text,
        version -> BigInt,
        desk -> Text,
        order_id -> Nullable<BigInt>,
        about_path -> Nullable<Text>,
        about_jurisdiction -> Nullable<Text>,
        page -> Nullable<Text>,
        words -> Text,
        complainant_id -> Nullable<BigInt>,
        answering_id -> BigInt,
        track_hash -> Text,
        complained_at -> Timestamp,
        stage_at -> Timestamp,
        due_at -> Nullable<Timestamp>,
        late_at -> Nullable<Timestamp>,
        rung -> Integer,
        rung_at -> Nullable<Timestamp>,
        answered_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    complaint_contacts (complaint_id) {
        complaint_id -> BigInt,
        name -> Nullable<Text>,
        phone -> Nullable<Text>,
        erased_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    complaint_moves (id) {
        id -> BigInt,
        complaint_id -> BigInt,
        verb -> Text,
        at -> Timestamp,
        actor_id -> Nullable<BigInt>,
        actor_role -> Nullable<Text>,
        organisation_id -> Nullable<BigInt>,
        from_state -> Nullable<Text>,
        to_state -> Text,
        version -> BigInt,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    complaint_search (complaint_id) {
        complaint_id -> BigInt,
        words -> Text,
    }
}

diesel::table! {
    journal (id) {
        id -> BigInt,
        at -> Timestamp,
        actor_id -> Nullable<BigInt>,
        role -> Nullable<Text>,
        organisation_id -> Nullable<BigInt>,
        county -> Nullable<Text>,
        request_id -> Nullable<Text>,
        verb -> Text,
        subject_kind -> Text,
        subject_id -> BigInt,
        version -> Nullable<BigInt>,
        fields -> Text,
    }
}

diesel::table! {
    outbox (id) {
        id -> BigInt,
        created_at -> Timestamp,
        notice -> Text,
        subject_kind -> Text,
        subject_id -> BigInt,
        to_kind -> Text,
        to_id -> Nullable<BigInt>,
        to_role -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
        tries -> Integer,
        done_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    notices (id) {
        id -> BigInt,
        outbox_id -> BigInt,
        person_id -> BigInt,
        notice -> Text,
        subject_kind -> Text,
        subject_id -> BigInt,
        created_at -> Timestamp,
        read_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    call_lines (id) {
        id -> BigInt,
        outbox_id -> BigInt,
        centre_id -> BigInt,
        order_id -> Nullable<BigInt>,
        notice -> Text,
        created_at -> Timestamp,
        done_at -> Nullable<Timestamp>,
        done_by -> Nullable<BigInt>,
        result -> Nullable<Text>,
        complaint_id -> Nullable<BigInt>,
        registration_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    idempotency_keys (scope, key) {
        scope -> Text,
        key -> Text,
        deed -> Text,
        body_hash -> Text,
        subject_id -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    leases (name) {
        name -> Text,
        holder -> Text,
        until -> Timestamp,
    }
}

diesel::table! {
    registration_terms (event_id) {
        event_id -> BigInt,
        places -> Integer,
        closes_at -> Nullable<Timestamp>,
        confirm_hours -> Integer,
        pass_over -> Bool,
        version -> BigInt,
    }
}

diesel::table! {
    registrations (id) {
        id -> BigInt,
        event_id -> BigInt,
        county -> Text,
        person_id -> Nullable<BigInt>,
        phone_key -> Nullable<Text>,
        state -> Text,
        heads -> Integer,
        under_14 -> Integer,
        registered_at -> Timestamp,
        confirm_by -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        track_hash -> Nullable<Text>,
    }
}

diesel::table! {
    registration_contacts (registration_id) {
        registration_id -> BigInt,
        name -> Nullable<Text>,
        phone -> Nullable<Text>,
        guardian_name -> Nullable<Text>,
        erased_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    registration_moves (id) {
        id -> BigInt,
        registration_id -> BigInt,
        verb -> Text,
        at -> Timestamp,
        actor_id -> Nullable<BigInt>,
        actor_role -> Nullable<Text>,
        organisation_id -> Nullable<BigInt>,
        from_state -> Nullable<Text>,
        to_state -> Text,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    registration_readings (event_id, approved_by) {
        event_id -> BigInt,
        approved_by -> BigInt,
        organisation_id -> BigInt,
        approved_at -> Timestamp,
    }
}

diesel::table! {
    campaigns (id) {
        id -> BigInt,
        county -> Text,
        year -> Integer,
        name -> Text,
        from_day -> Date,
        until_day -> Date,
        announced -> Bool,
    }
}

diesel::table! {
    postponements (id) {
        id -> BigInt,
        county -> Text,
        division_code -> Text,
        day -> Date,
        reason -> Text,
        words -> Text,
        created_by -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    postponement_events (postponement_id, event_id) {
        postponement_id -> BigInt,
        event_id -> BigInt,
    }
}

diesel::table! {
    feeds (id) {
        id -> BigInt,
        person_id -> BigInt,
        kind -> Text,
        organisation_id -> Nullable<BigInt>,
        venue_id -> Nullable<BigInt>,
        secret_hash -> Text,
        created_at -> Timestamp,
    }
}

diesel::joinable!(divisions -> counties (county));
diesel::joinable!(holidays -> counties (county));
diesel::joinable!(deadlines -> counties (county));
diesel::joinable!(organisations -> counties (county));
diesel::joinable!(organisations -> divisions (division_code));
diesel::joinable!(organisation_aliases -> counties (county));
diesel::joinable!(organisation_aliases -> organisations (organisation_id));
diesel::joinable!(organisation_fields -> organisations (organisation_id));
diesel::joinable!(organisation_fields -> fields (field));
diesel::joinable!(team_reach -> teams (team_id));
diesel::joinable!(team_reach -> divisions (division_code));
diesel::joinable!(venues -> counties (county));
diesel::joinable!(venues -> organisations (organisation_id));
diesel::joinable!(venues -> divisions (division_code));
diesel::joinable!(venue_hours -> venues (venue_id));
diesel::joinable!(venue_closures -> venues (venue_id));
diesel::joinable!(spaces -> venues (venue_id));
diesel::joinable!(people -> counties (county));
diesel::joinable!(people -> divisions (division_code));
diesel::joinable!(grants -> organisations (organisation_id));
diesel::joinable!(consents -> people (person_id));
diesel::joinable!(sessions -> people (person_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(plans -> counties (county));
diesel::joinable!(plan_items -> plans (plan_id));
diesel::joinable!(plan_item_units -> plan_items (plan_item_id));
diesel::joinable!(plan_item_units -> organisations (organisation_id));
diesel::joinable!(plan_targets -> plans (plan_id));
diesel::joinable!(plan_targets -> plan_items (plan_item_id));
diesel::joinable!(plan_target_values -> plan_targets (target_id));
diesel::joinable!(current_plans -> counties (county));
diesel::joinable!(current_plans -> plans (plan_id));
diesel::joinable!(equipment -> organisations (organisation_id));
diesel::joinable!(equipment -> divisions (division_code));
diesel::joinable!(loans -> equipment (equipment_id));
diesel::joinable!(bookings -> counties (county));
diesel::joinable!(events -> counties (county));
diesel::joinable!(events -> organisations (organiser_id));
diesel::joinable!(event_sessions -> events (event_id));
diesel::joinable!(event_sessions -> venues (venue_id));
diesel::joinable!(event_sessions -> spaces (space_id));
diesel::joinable!(event_sessions -> people (in_charge_id));
diesel::joinable!(check_ins -> event_sessions (session_id));
diesel::joinable!(paper_counts -> event_sessions (session_id));
diesel::joinable!(paper_counts -> people (entered_by));
diesel::joinable!(rosters -> events (event_id));
diesel::joinable!(rosters -> event_sessions (session_id));
diesel::joinable!(roster_lines -> rosters (roster_id));
diesel::joinable!(roster_reminders -> event_sessions (session_id));
diesel::joinable!(roster_lines -> people (person_id));
diesel::joinable!(service_records -> events (event_id));
diesel::joinable!(service_records -> plan_items (plan_item_id));
diesel::joinable!(record_people -> service_records (record_id));
diesel::joinable!(record_people -> people (person_id));
diesel::joinable!(presences -> service_records (record_id));
diesel::joinable!(unsealed_records -> service_records (record_id));
diesel::joinable!(hour_holds -> events (event_id));
diesel::joinable!(reversal_proposals -> service_records (record_id));
diesel::joinable!(record_corrections -> service_records (record_id));
diesel::joinable!(ledger_entries -> service_records (record_id));
diesel::joinable!(ledger_entries -> ledger_batches (batch_number));
diesel::joinable!(ledger_batches -> ledger_keys (key_id));
diesel::joinable!(orders -> counties (county));
diesel::joinable!(orders -> divisions (division_code));
diesel::joinable!(orders -> plan_items (plan_item_id));
diesel::joinable!(order_progress -> orders (order_id));
diesel::joinable!(order_contacts -> orders (order_id));
diesel::joinable!(order_windows -> orders (order_id));
diesel::joinable!(order_parties -> orders (order_id));
diesel::joinable!(order_parties -> organisations (organisation_id));
diesel::joinable!(order_moves -> orders (order_id));
diesel::joinable!(order_moves -> people (actor_id));
diesel::joinable!(order_changes -> order_moves (move_id));
diesel::joinable!(order_questions -> orders (order_id));
diesel::joinable!(order_questions -> people (asked_by));
diesel::joinable!(order_questions -> organisations (organisation_id));
diesel::joinable!(order_answers -> orders (order_id));
diesel::joinable!(order_answers -> people (written_by));
diesel::joinable!(order_reviews -> orders (order_id));
diesel::joinable!(order_reviews -> people (entered_by));
diesel::joinable!(order_disputes -> orders (order_id));
diesel::joinable!(order_disputes -> people (decided_by));
diesel::joinable!(order_proposals -> orders (order_id));
diesel::joinable!(order_proposals -> people (proposed_by));
diesel::joinable!(order_proposals -> venues (venue_id));
diesel::joinable!(order_search -> orders (order_id));
diesel::joinable!(complaints -> counties (county));
diesel::joinable!(complaints -> orders (order_id));
diesel::joinable!(complaints -> people (complainant_id));
diesel::joinable!(complaints -> organisations (answering_id));
diesel::joinable!(complaint_contacts -> complaints (complaint_id));
diesel::joinable!(complaint_moves -> complaints (complaint_id));
diesel::joinable!(complaint_moves -> people (actor_id));
diesel::joinable!(complaint_moves -> organisations (organisation_id));
diesel::joinable!(complaint_search -> complaints (complaint_id));
diesel::joinable!(registration_terms -> events (event_id));
diesel::joinable!(registrations -> registration_terms (event_id));
diesel::joinable!(registrations -> people (person_id));
diesel::joinable!(registration_contacts -> registrations (registration_id));
diesel::joinable!(registration_readings -> events (event_id));
diesel::joinable!(registration_readings -> people (approved_by));
diesel::joinable!(registration_readings -> organisations (organisation_id));
diesel::joinable!(journal -> people (actor_id));
diesel::joinable!(journal -> organisations (organisation_id));
diesel::joinable!(notices -> people (person_id));
diesel::joinable!(call_lines -> organisations (centre_id));
diesel::joinable!(call_lines -> orders (order_id));
diesel::joinable!(call_lines -> complaints (complaint_id));
diesel::joinable!(call_lines -> registrations (registration_id));
diesel::joinable!(call_lines -> people (done_by));
diesel::joinable!(events -> campaigns (campaign_id));
diesel::joinable!(campaigns -> counties (county));
diesel::joinable!(postponements -> people (created_by));
diesel::joinable!(postponement_events -> postponements (postponement_id));
diesel::joinable!(postponement_events -> events (event_id));

// Only the pairs that one piece of code names together, and what is joined by a key: all pairs of all tables cost half a minute of each build.
diesel::allow_tables_to_appear_in_same_query!(counties, divisions);
diesel::allow_tables_to_appear_in_same_query!(counties, holidays);
diesel::allow_tables_to_appear_in_same_query!(counties, deadlines);
diesel::allow_tables_to_appear_in_same_query!(counties, organisations);
diesel::allow_tables_to_appear_in_same_query!(counties, organisation_aliases);
diesel::allow_tables_to_appear_in_same_query!(counties, venues);
diesel::allow_tables_to_appear_in_same_query!(counties, people);
diesel::allow_tables_to_appear_in_same_query!(counties, plans);
diesel::allow_tables_to_appear_in_same_query!(counties, current_plans);
diesel::allow_tables_to_appear_in_same_query!(counties, bookings);
diesel::allow_tables_to_appear_in_same_query!(counties, events);
diesel::allow_tables_to_appear_in_same_query!(counties, orders);
diesel::allow_tables_to_appear_in_same_query!(counties, complaints);
diesel::allow_tables_to_appear_in_same_query!(counties, campaigns);
diesel::allow_tables_to_appear_in_same_query!(divisions, organisations);
diesel::allow_tables_to_appear_in_same_query!(divisions, organisation_aliases);
diesel::allow_tables_to_appear_in_same_query!(divisions, teams);
diesel::allow_tables_to_appear_in_same_query!(divisions, team_reach);
diesel::allow_tables_to_appear_in_same_query!(divisions, venues);
diesel::allow_tables_to_appear_in_same_query!(divisions, people);
diesel::allow_tables_to_appear_in_same_query!(divisions, plans);
diesel::allow_tables_to_appear_in_same_query!(divisions, plan_items);
diesel::allow_tables_to_appear_in_same_query!(divisions, equipment);
diesel::allow_tables_to_appear_in_same_query!(divisions, bookings);
diesel::allow_tables_to_appear_in_same_query!(divisions, events);
diesel::allow_tables_to_appear_in_same_query!(divisions, event_sessions);
diesel::allow_tables_to_appear_in_same_query!(divisions, rosters);
diesel::allow_tables_to_appear_in_same_query!(divisions, roster_lines);
diesel::allow_tables_to_appear_in_same_query!(divisions, record_corrections);
diesel::allow_tables_to_appear_in_same_query!(divisions, orders);
diesel::allow_tables_to_appear_in_same_query!(divisions, complaints);
diesel::allow_tables_to_appear_in_same_query!(divisions, journal);
diesel::allow_tables_to_appear_in_same_query!(divisions, outbox);
diesel::allow_tables_to_appear_in_same_query!(divisions, notices);
diesel::allow_tables_to_appear_in_same_query!(divisions, registrations);
diesel::allow_tables_to_appear_in_same_query!(divisions, campaigns);
diesel::allow_tables_to_appear_in_same_query!(divisions, feeds);
diesel::allow_tables_to_appear_in_same_query!(directory_version, people);
diesel::allow_tables_to_appear_in_same_query!(directory_version, grants);
diesel::allow_tables_to_appear_in_same_query!(directory_version, sessions);
diesel::allow_tables_to_appear_in_same_query!(directory_version, orders);
diesel::allow_tables_to_appear_in_same_query!(directory_version, order_progress);
diesel::allow_tables_to_appear_in_same_query!(directory_version, order_windows);
diesel::allow_tables_to_appear_in_same_query!(fields, organisation_fields);
diesel::allow_tables_to_appear_in_same_query!(holidays, deadlines);
diesel::allow_tables_to_appear_in_same_query!(retention_rules, outbox);
diesel::allow_tables_to_appear_in_same_query!(budgets, people);
diesel::allow_tables_to_appear_in_same_query!(budgets, sessions);
diesel::allow_tables_to_appear_in_same_query!(settings, organisations);
diesel::allow_tables_to_appear_in_same_query!(settings, venues);
diesel::allow_tables_to_appear_in_same_query!(settings, spaces);
diesel::allow_tables_to_appear_in_same_query!(settings, journal);
diesel::allow_tables_to_appear_in_same_query!(organisations, organisation_aliases);
diesel::allow_tables_to_appear_in_same_query!(organisations, organisation_fields);
diesel::allow_tables_to_appear_in_same_query!(organisations, teams);
diesel::allow_tables_to_appear_in_same_query!(organisations, team_reach);
diesel::allow_tables_to_appear_in_same_query!(organisations, venues);
diesel::allow_tables_to_appear_in_same_query!(organisations, spaces);
diesel::allow_tables_to_appear_in_same_query!(organisations, people);
diesel::allow_tables_to_appear_in_same_query!(organisations, grants);
diesel::allow_tables_to_appear_in_same_query!(organisations, plans);
diesel::allow_tables_to_appear_in_same_query!(organisations, plan_items);
diesel::allow_tables_to_appear_in_same_query!(organisations, plan_item_units);
diesel::allow_tables_to_appear_in_same_query!(organisations, equipment);
diesel::allow_tables_to_appear_in_same_query!(organisations, loans);
diesel::allow_tables_to_appear_in_same_query!(organisations, bookings);
diesel::allow_tables_to_appear_in_same_query!(organisations, events);
diesel::allow_tables_to_appear_in_same_query!(organisations, event_sessions);
diesel::allow_tables_to_appear_in_same_query!(organisations, rosters);
diesel::allow_tables_to_appear_in_same_query!(organisations, orders);
diesel::allow_tables_to_appear_in_same_query!(organisations, order_progress);
diesel::allow_tables_to_appear_in_same_query!(organisations, order_contacts);
diesel::allow_tables_to_appear_in_same_query!(organisations, order_parties);
diesel::allow_tables_to_appear_in_same_query!(organisations, order_moves);
diesel::allow_tables_to_appear_in_same_query!(organisations, order_questions);
diesel::allow_tables_to_appear_in_same_query!(organisations, complaints);
diesel::allow_tables_to_appear_in_same_query!(organisations, complaint_moves);
diesel::allow_tables_to_appear_in_same_query!(organisations, journal);
diesel::allow_tables_to_appear_in_same_query!(organisations, outbox);
diesel::allow_tables_to_appear_in_same_query!(organisations, notices);
diesel::allow_tables_to_appear_in_same_query!(organisations, call_lines);
diesel::allow_tables_to_appear_in_same_query!(organisations, registrations);
diesel::allow_tables_to_appear_in_same_query!(organisations, registration_readings);
diesel::allow_tables_to_appear_in_same_query!(organisations, campaigns);
diesel::allow_tables_to_appear_in_same_query!(organisations, feeds);
diesel::allow_tables_to_appear_in_same_query!(organisation_aliases, organisation_fields);
diesel::allow_tables_to_appear_in_same_query!(teams, team_reach);
diesel::allow_tables_to_appear_in_same_query!(teams, venues);
diesel::allow_tables_to_appear_in_same_query!(teams, grants);
diesel::allow_tables_to_appear_in_same_query!(teams, plans);
diesel::allow_tables_to_appear_in_same_query!(teams, plan_items);
diesel::allow_tables_to_appear_in_same_query!(teams, equipment);
diesel::allow_tables_to_appear_in_same_query!(teams, loans);
diesel::allow_tables_to_appear_in_same_query!(teams, events);
diesel::allow_tables_to_appear_in_same_query!(teams, event_sessions);
diesel::allow_tables_to_appear_in_same_query!(teams, rosters);
diesel::allow_tables_to_appear_in_same_query!(teams, roster_reminders);
diesel::allow_tables_to_appear_in_same_query!(teams, orders);
diesel::allow_tables_to_appear_in_same_query!(teams, complaints);
diesel::allow_tables_to_appear_in_same_query!(venues, venue_hours);
diesel::allow_tables_to_appear_in_same_query!(venues, venue_closures);
diesel::allow_tables_to_appear_in_same_query!(venues, spaces);
diesel::allow_tables_to_appear_in_same_query!(venues, people);
diesel::allow_tables_to_appear_in_same_query!(venues, grants);
diesel::allow_tables_to_appear_in_same_query!(venues, sessions);
diesel::allow_tables_to_appear_in_same_query!(venues, equipment);
diesel::allow_tables_to_appear_in_same_query!(venues, loans);
diesel::allow_tables_to_appear_in_same_query!(venues, bookings);
diesel::allow_tables_to_appear_in_same_query!(venues, events);
diesel::allow_tables_to_appear_in_same_query!(venues, event_sessions);
diesel::allow_tables_to_appear_in_same_query!(venues, rosters);
diesel::allow_tables_to_appear_in_same_query!(venues, orders);
diesel::allow_tables_to_appear_in_same_query!(venues, order_proposals);
diesel::allow_tables_to_appear_in_same_query!(venues, complaints);
diesel::allow_tables_to_appear_in_same_query!(venues, journal);
diesel::allow_tables_to_appear_in_same_query!(venues, outbox);
diesel::allow_tables_to_appear_in_same_query!(venues, notices);
diesel::allow_tables_to_appear_in_same_query!(venues, registrations);
diesel::allow_tables_to_appear_in_same_query!(venues, campaigns);
diesel::allow_tables_to_appear_in_same_query!(venues, feeds);
diesel::allow_tables_to_appear_in_same_query!(spaces, people);
diesel::allow_tables_to_appear_in_same_query!(spaces, bookings);
diesel::allow_tables_to_appear_in_same_query!(spaces, events);
diesel::allow_tables_to_appear_in_same_query!(spaces, event_sessions);
diesel::allow_tables_to_appear_in_same_query!(spaces, orders);
diesel::allow_tables_to_appear_in_same_query!(spaces, journal);
diesel::allow_tables_to_appear_in_same_query!(people, grants);
diesel::allow_tables_to_appear_in_same_query!(people, consents);
diesel::allow_tables_to_appear_in_same_query!(people, sessions);
diesel::allow_tables_to_appear_in_same_query!(people, plans);
diesel::allow_tables_to_appear_in_same_query!(people, equipment);
diesel::allow_tables_to_appear_in_same_query!(people, bookings);
diesel::allow_tables_to_appear_in_same_query!(people, events);
diesel::allow_tables_to_appear_in_same_query!(people, event_sessions);
diesel::allow_tables_to_appear_in_same_query!(people, paper_counts);
diesel::allow_tables_to_appear_in_same_query!(people, rosters);
diesel::allow_tables_to_appear_in_same_query!(people, roster_lines);
diesel::allow_tables_to_appear_in_same_query!(people, record_people);
diesel::allow_tables_to_appear_in_same_query!(people, orders);
diesel::allow_tables_to_appear_in_same_query!(people, order_moves);
diesel::allow_tables_to_appear_in_same_query!(people, order_questions);
diesel::allow_tables_to_appear_in_same_query!(people, order_answers);
diesel::allow_tables_to_appear_in_same_query!(people, order_reviews);
diesel::allow_tables_to_appear_in_same_query!(people, order_disputes);
diesel::allow_tables_to_appear_in_same_query!(people, order_proposals);
diesel::allow_tables_to_appear_in_same_query!(people, complaints);
diesel::allow_tables_to_appear_in_same_query!(people, complaint_moves);
diesel::allow_tables_to_appear_in_same_query!(people, journal);
diesel::allow_tables_to_appear_in_same_query!(people, outbox);
diesel::allow_tables_to_appear_in_same_query!(people, notices);
diesel::allow_tables_to_appear_in_same_query!(people, call_lines);
diesel::allow_tables_to_appear_in_same_query!(people, registrations);
diesel::allow_tables_to_appear_in_same_query!(people, registration_readings);
diesel::allow_tables_to_appear_in_same_query!(people, postponements);
diesel::allow_tables_to_appear_in_same_query!(grants, consents);
diesel::allow_tables_to_appear_in_same_query!(grants, sessions);
diesel::allow_tables_to_appear_in_same_query!(grants, equipment);
diesel::allow_tables_to_appear_in_same_query!(grants, loans);
diesel::allow_tables_to_appear_in_same_query!(grants, orders);
diesel::allow_tables_to_appear_in_same_query!(grants, complaints);
diesel::allow_tables_to_appear_in_same_query!(grants, journal);
diesel::allow_tables_to_appear_in_same_query!(consents, journal);
diesel::allow_tables_to_appear_in_same_query!(sessions, refresh_tokens);
diesel::allow_tables_to_appear_in_same_query!(sessions, orders);
diesel::allow_tables_to_appear_in_same_query!(attempts, idempotency_keys);
diesel::allow_tables_to_appear_in_same_query!(plans, plan_items);
diesel::allow_tables_to_appear_in_same_query!(plans, plan_targets);
diesel::allow_tables_to_appear_in_same_query!(plans, current_plans);
diesel::allow_tables_to_appear_in_same_query!(plans, campaigns);
diesel::allow_tables_to_appear_in_same_query!(plan_items, plan_item_units);
diesel::allow_tables_to_appear_in_same_query!(plan_items, plan_targets);
diesel::allow_tables_to_appear_in_same_query!(plan_items, events);
diesel::allow_tables_to_appear_in_same_query!(plan_items, event_sessions);
diesel::allow_tables_to_appear_in_same_query!(plan_items, service_records);
diesel::allow_tables_to_appear_in_same_query!(plan_items, hour_holds);
diesel::allow_tables_to_appear_in_same_query!(plan_items, orders);
diesel::allow_tables_to_appear_in_same_query!(plan_items, order_progress);
diesel::allow_tables_to_appear_in_same_query!(plan_items, journal);
diesel::allow_tables_to_appear_in_same_query!(plan_targets, plan_target_values);
diesel::allow_tables_to_appear_in_same_query!(equipment, loans);
diesel::allow_tables_to_appear_in_same_query!(equipment, bookings);
diesel::allow_tables_to_appear_in_same_query!(equipment, events);
diesel::allow_tables_to_appear_in_same_query!(equipment, rosters);
diesel::allow_tables_to_appear_in_same_query!(equipment, orders);
diesel::allow_tables_to_appear_in_same_query!(equipment, complaints);
diesel::allow_tables_to_appear_in_same_query!(equipment, notices);
diesel::allow_tables_to_appear_in_same_query!(equipment, registrations);
diesel::allow_tables_to_appear_in_same_query!(equipment, campaigns);
diesel::allow_tables_to_appear_in_same_query!(equipment, feeds);
diesel::allow_tables_to_appear_in_same_query!(loans, bookings);
diesel::allow_tables_to_appear_in_same_query!(loans, events);
diesel::allow_tables_to_appear_in_same_query!(loans, orders);
diesel::allow_tables_to_appear_in_same_query!(loans, complaints);
diesel::allow_tables_to_appear_in_same_query!(loans, notices);
diesel::allow_tables_to_appear_in_same_query!(bookings, events);
diesel::allow_tables_to_appear_in_same_query!(bookings, event_sessions);
diesel::allow_tables_to_appear_in_same_query!(bookings, rosters);
diesel::allow_tables_to_appear_in_same_query!(bookings, orders);
diesel::allow_tables_to_appear_in_same_query!(bookings, order_progress);
diesel::allow_tables_to_appear_in_same_query!(bookings, order_contacts);
diesel::allow_tables_to_appear_in_same_query!(bookings, order_parties);
diesel::allow_tables_to_appear_in_same_query!(bookings, order_moves);
diesel::allow_tables_to_appear_in_same_query!(bookings, complaints);
diesel::allow_tables_to_appear_in_same_query!(bookings, journal);
diesel::allow_tables_to_appear_in_same_query!(bookings, outbox);
diesel::allow_tables_to_appear_in_same_query!(bookings, notices);
diesel::allow_tables_to_appear_in_same_query!(bookings, registrations);
diesel::allow_tables_to_appear_in_same_query!(bookings, campaigns);
diesel::allow_tables_to_appear_in_same_query!(bookings, feeds);
diesel::allow_tables_to_appear_in_same_query!(events, event_sessions);
diesel::allow_tables_to_appear_in_same_query!(events, rosters);
diesel::allow_tables_to_appear_in_same_query!(events, roster_lines);
diesel::allow_tables_to_appear_in_same_query!(events, roster_reminders);
diesel::allow_tables_to_appear_in_same_query!(events, service_records);
diesel::allow_tables_to_appear_in_same_query!(events, hour_holds);
diesel::allow_tables_to_appear_in_same_query!(events, orders);
diesel::allow_tables_to_appear_in_same_query!(events, order_contacts);
diesel::allow_tables_to_appear_in_same_query!(events, complaints);
diesel::allow_tables_to_appear_in_same_query!(events, complaint_contacts);
diesel::allow_tables_to_appear_in_same_query!(events, journal);
diesel::allow_tables_to_appear_in_same_query!(events, outbox);
diesel::allow_tables_to_appear_in_same_query!(events, notices);
diesel::allow_tables_to_appear_in_same_query!(events, call_lines);
diesel::allow_tables_to_appear_in_same_query!(events, registration_terms);
diesel::allow_tables_to_appear_in_same_query!(events, registrations);
diesel::allow_tables_to_appear_in_same_query!(events, registration_contacts);
diesel::allow_tables_to_appear_in_same_query!(events, registration_readings);
diesel::allow_tables_to_appear_in_same_query!(events, campaigns);
diesel::allow_tables_to_appear_in_same_query!(events, postponement_events);
diesel::allow_tables_to_appear_in_same_query!(events, feeds);
diesel::allow_tables_to_appear_in_same_query!(event_sessions, check_ins);
diesel::allow_tables_to_appear_in_same_query!(event_sessions, paper_counts);
diesel::allow_tables_to_appear_in_same_query!(event_sessions, rosters);
diesel::allow_tables_to_appear_in_same_query!(event_sessions, roster_lines);
diesel::allow_tables_to_appear_in_same_query!(event_sessions, roster_reminders);
diesel::allow_tables_to_appear_in_same_query!(event_sessions, hour_holds);
diesel::allow_tables_to_appear_in_same_query!(event_sessions, orders);
diesel::allow_tables_to_appear_in_same_query!(event_sessions, order_progress);
diesel::allow_tables_to_appear_in_same_query!(event_sessions, order_contacts);
diesel::allow_tables_to_appear_in_same_query!(event_sessions, order_parties);
diesel::allow_tables_to_appear_in_same_query!(event_sessions, order_moves);
diesel::allow_tables_to_appear_in_same_query!(event_sessions, journal);
diesel::allow_tables_to_appear_in_same_query!(event_sessions, registrations);
diesel::allow_tables_to_appear_in_same_query!(event_sessions, registration_contacts);
diesel::allow_tables_to_appear_in_same_query!(rosters, roster_lines);
diesel::allow_tables_to_appear_in_same_query!(rosters, roster_reminders);
diesel::allow_tables_to_appear_in_same_query!(rosters, orders);
diesel::allow_tables_to_appear_in_same_query!(rosters, complaints);
diesel::allow_tables_to_appear_in_same_query!(rosters, outbox);
diesel::allow_tables_to_appear_in_same_query!(rosters, notices);
diesel::allow_tables_to_appear_in_same_query!(rosters, registrations);
diesel::allow_tables_to_appear_in_same_query!(rosters, campaigns);
diesel::allow_tables_to_appear_in_same_query!(rosters, feeds);
diesel::allow_tables_to_appear_in_same_query!(service_records, record_people);
diesel::allow_tables_to_appear_in_same_query!(service_records, presences);
diesel::allow_tables_to_appear_in_same_query!(service_records, unsealed_records);
diesel::allow_tables_to_appear_in_same_query!(service_records, hour_holds);
diesel::allow_tables_to_appear_in_same_query!(service_records, reversal_proposals);
diesel::allow_tables_to_appear_in_same_query!(service_records, record_corrections);
diesel::allow_tables_to_appear_in_same_query!(service_records, ledger_entries);
diesel::allow_tables_to_appear_in_same_query!(hour_holds, ledger_entries);
diesel::allow_tables_to_appear_in_same_query!(ledger_keys, ledger_batches);
diesel::allow_tables_to_appear_in_same_query!(ledger_batches, ledger_entries);
diesel::allow_tables_to_appear_in_same_query!(orders, order_progress);
diesel::allow_tables_to_appear_in_same_query!(orders, order_contacts);
diesel::allow_tables_to_appear_in_same_query!(orders, order_windows);
diesel::allow_tables_to_appear_in_same_query!(orders, order_parties);
diesel::allow_tables_to_appear_in_same_query!(orders, order_moves);
diesel::allow_tables_to_appear_in_same_query!(orders, order_changes);
diesel::allow_tables_to_appear_in_same_query!(orders, order_questions);
diesel::allow_tables_to_appear_in_same_query!(orders, order_answers);
diesel::allow_tables_to_appear_in_same_query!(orders, order_reviews);
diesel::allow_tables_to_appear_in_same_query!(orders, order_disputes);
diesel::allow_tables_to_appear_in_same_query!(orders, order_proposals);
diesel::allow_tables_to_appear_in_same_query!(orders, order_search);
diesel::allow_tables_to_appear_in_same_query!(orders, complaints);
diesel::allow_tables_to_appear_in_same_query!(orders, complaint_contacts);
diesel::allow_tables_to_appear_in_same_query!(orders, journal);
diesel::allow_tables_to_appear_in_same_query!(orders, outbox);
diesel::allow_tables_to_appear_in_same_query!(orders, notices);
diesel::allow_tables_to_appear_in_same_query!(orders, call_lines);
diesel::allow_tables_to_appear_in_same_query!(orders, idempotency_keys);
diesel::allow_tables_to_appear_in_same_query!(orders, registrations);
diesel::allow_tables_to_appear_in_same_query!(orders, registration_contacts);
diesel::allow_tables_to_appear_in_same_query!(orders, campaigns);
diesel::allow_tables_to_appear_in_same_query!(orders, feeds);
diesel::allow_tables_to_appear_in_same_query!(order_progress, order_contacts);
diesel::allow_tables_to_appear_in_same_query!(order_progress, order_windows);
diesel::allow_tables_to_appear_in_same_query!(order_progress, order_parties);
diesel::allow_tables_to_appear_in_same_query!(order_progress, order_moves);
diesel::allow_tables_to_appear_in_same_query!(order_progress, journal);
diesel::allow_tables_to_appear_in_same_query!(order_contacts, order_parties);
diesel::allow_tables_to_appear_in_same_query!(order_contacts, order_moves);
diesel::allow_tables_to_appear_in_same_query!(order_contacts, order_changes);
diesel::allow_tables_to_appear_in_same_query!(order_contacts, complaints);
diesel::allow_tables_to_appear_in_same_query!(order_contacts, complaint_contacts);
diesel::allow_tables_to_appear_in_same_query!(order_contacts, journal);
diesel::allow_tables_to_appear_in_same_query!(order_contacts, outbox);
diesel::allow_tables_to_appear_in_same_query!(order_contacts, call_lines);
diesel::allow_tables_to_appear_in_same_query!(order_contacts, registrations);
diesel::allow_tables_to_appear_in_same_query!(order_contacts, registration_contacts);
diesel::allow_tables_to_appear_in_same_query!(order_parties, order_moves);
diesel::allow_tables_to_appear_in_same_query!(order_parties, journal);
diesel::allow_tables_to_appear_in_same_query!(order_moves, order_changes);
diesel::allow_tables_to_appear_in_same_query!(order_moves, complaints);
diesel::allow_tables_to_appear_in_same_query!(order_moves, journal);
diesel::allow_tables_to_appear_in_same_query!(order_moves, outbox);
diesel::allow_tables_to_appear_in_same_query!(order_moves, idempotency_keys);
diesel::allow_tables_to_appear_in_same_query!(order_changes, journal);
diesel::allow_tables_to_appear_in_same_query!(complaints, complaint_contacts);
diesel::allow_tables_to_appear_in_same_query!(complaints, complaint_moves);
diesel::allow_tables_to_appear_in_same_query!(complaints, complaint_search);
diesel::allow_tables_to_appear_in_same_query!(complaints, notices);
diesel::allow_tables_to_appear_in_same_query!(complaints, call_lines);
diesel::allow_tables_to_appear_in_same_query!(complaints, registrations);
diesel::allow_tables_to_appear_in_same_query!(complaints, registration_contacts);
diesel::allow_tables_to_appear_in_same_query!(complaints, campaigns);
diesel::allow_tables_to_appear_in_same_query!(complaints, feeds);
diesel::allow_tables_to_appear_in_same_query!(complaint_contacts, journal);
diesel::allow_tables_to_appear_in_same_query!(complaint_contacts, outbox);
diesel::allow_tables_to_appear_in_same_query!(complaint_contacts, call_lines);
diesel::allow_tables_to_appear_in_same_query!(complaint_contacts, registrations);
diesel::allow_tables_to_appear_in_same_query!(complaint_contacts, registration_contacts);
diesel::allow_tables_to_appear_in_same_query!(journal, outbox);
diesel::allow_tables_to_appear_in_same_query!(journal, notices);
diesel::allow_tables_to_appear_in_same_query!(journal, idempotency_keys);
diesel::allow_tables_to_appear_in_same_query!(outbox, notices);
diesel::allow_tables_to_appear_in_same_query!(outbox, idempotency_keys);
diesel::allow_tables_to_appear_in_same_query!(notices, call_lines);
diesel::allow_tables_to_appear_in_same_query!(notices, registrations);
diesel::allow_tables_to_appear_in_same_query!(notices, campaigns);
diesel::allow_tables_to_appear_in_same_query!(notices, feeds);
diesel::allow_tables_to_appear_in_same_query!(call_lines, registrations);
diesel::allow_tables_to_appear_in_same_query!(call_lines, registration_contacts);
diesel::allow_tables_to_appear_in_same_query!(registration_terms, registrations);
diesel::allow_tables_to_appear_in_same_query!(registrations, registration_contacts);
diesel::allow_tables_to_appear_in_same_query!(registrations, campaigns);
diesel::allow_tables_to_appear_in_same_query!(registrations, feeds);
diesel::allow_tables_to_appear_in_same_query!(campaigns, feeds);
diesel::allow_tables_to_appear_in_same_query!(postponements, postponement_events);
